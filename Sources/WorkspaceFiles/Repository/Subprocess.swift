#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that is run to its end, with what it wrote.
struct Subprocess {
  let status: Int32
  let output: [UInt8]
  let errors: [UInt8]

  /// Runs a program that is found on the path, with nothing to read; what it writes beyond the limit is not kept.
  static func run(_ command: [String], limit: Int) throws(SystemError) -> Subprocess {
    let output = try Pipe()
    let errors: Pipe
    do {
      errors = try Pipe()
    } catch {
      output.close()
      throw error
    }
    let process: pid_t
    do {
      process = try spawn(command, output, errors)
    } catch {
      output.close()
      errors.close()
      throw error
    }
    close(output.writing)
    close(errors.writing)
    var reader = PipeReader([output.reading, errors.reading], limit: limit)
    reader.readAll()
    close(output.reading)
    close(errors.reading)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR { continue }
    // A program that a signal ended has no status of its own.
    let exited = status & 0x7F == 0
    return Subprocess(status: exited ? (status >> 8) & 0xFF : 128, output: reader.bytes[0], errors: reader.bytes[1])
  }

  private static func spawn(_ command: [String], _ output: Pipe, _ errors: Pipe) throws(SystemError) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.writing, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.writing, STDERR_FILENO)
    for descriptor in [output.reading, output.writing, errors.reading, errors.writing] {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    var process: pid_t = 0
    let code = posix_spawnp(&process, command[0], &actions, nil, arguments, environ)
    guard code == 0 else { throw SystemError(code: code) }
    return process
  }
}

/// Both ends of a pipe.
private struct Pipe {
  let reading: Int32
  let writing: Int32

  init() throws(SystemError) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .last }
    (reading, writing) = (ends[0], ends[1])
  }

  func close() {
    _ = [reading, writing].map { descriptor in
      #if canImport(Glibc)
        Glibc.close(descriptor)
      #elseif canImport(Musl)
        Musl.close(descriptor)
      #else
        Darwin.close(descriptor)
      #endif
    }
  }
}

/// Reads several pipes side by side, so that none of their writers has to wait for another.
struct PipeReader {
  private(set) var bytes: [[UInt8]]
  private let descriptors: [Int32]
  private let limit: Int

  init(_ descriptors: [Int32], limit: Int) {
    self.descriptors = descriptors
    self.limit = limit
    bytes = descriptors.map { _ in [] }
  }

  mutating func readAll() {
    var open = Set(descriptors.indices)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while !open.isEmpty {
      let waiting = open.sorted()
      var polled = waiting.map { pollfd(fd: descriptors[$0], events: Int16(POLLIN), revents: 0) }
      if poll(&polled, nfds_t(polled.count), -1) < 0 {
        if errno == EINTR { continue }
        return
      }
      for (place, index) in waiting.enumerated() where polled[place].revents != 0 {
        let count = read(descriptors[index], &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 {
          open.remove(index)
        } else {
          let room = max(0, limit - bytes[index].count)
          bytes[index] += buffer[..<min(count, room)]
        }
      }
    }
  }
}
