"""A Prometheus of one's own: started on a folder of blocks, asked, and ended."""

import contextlib
import json
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request


def load(samples, folder):
    """Puts OpenMetrics text into blocks; the default size of blocks takes minutes."""
    command = ["promtool", "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=1000h", samples, folder]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=600)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def server(folder, configuration):
    port = free_port()
    command = [
        "prometheus",
        f"--config.file={configuration}",
        f"--storage.tsdb.path={folder}",
        "--storage.tsdb.retention.time=10y",
        f"--web.listen-address=127.0.0.1:{port}",
        "--log.level=error",
    ]
    process = subprocess.Popen(command)
    try:
        prometheus = Prometheus(f"http://127.0.0.1:{port}")
        prometheus.wait(process)
        yield prometheus
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Prometheus:
    def __init__(self, url):
        self.url = url

    def wait(self, process, seconds=60):
        deadline = time.monotonic() + seconds
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/-/ready", timeout=5).close()
                return
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("Prometheus does not become ready")
                time.sleep(0.1)

    def ask(self, path, **parameters):
        data = urllib.parse.urlencode(parameters).encode()
        try:
            with urllib.request.urlopen(f"{self.url}/api/v1/{path}", data, timeout=300) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{parameters.get('query', path)}: {error.read().decode()}") from error

    def range(self, query, start, end, step):
        return self.ask("query_range", query=query, start=start, end=end, step=step)["result"]

    def instant(self, query, time):
        return self.ask("query", query=query, time=time)["result"]

    def samples_read(self, query, time):
        answer = self.ask("query", query=query, time=time, stats="all")
        return answer["stats"]["samples"]["totalQueryableSamples"]
