import NIOPosix

/// Runs tasks on the event loop that they come from, so that a request is answered by the thread that has its connection.
///
/// Handing each request to another thread and back, as tasks without a preference do, costs about as much as the rest of an
/// answer out of the cache.
final class EventLoopExecutor: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let loop = MultiThreadedEventLoopGroup.currentEventLoop ?? MultiThreadedEventLoopGroup.singleton.next()
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
