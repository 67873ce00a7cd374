"""A mail server of a test's own on loopback (RFC 5321, as much as a client says to hand over a mail)."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it is given. `is_silent`: it takes connections and says nothing; `came` is set when one came."""

    allow_reuse_address = True
    daemon_threads = True
    # Whoever talks to it may be killed meanwhile.
    block_on_close = False

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Session)
        self.mails: list[tuple[str, Message]] = []
        self.is_silent = False
        self.came = threading.Event()
        self.closing = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def taken(self) -> list[tuple[str, str]]:
        """Reader and Message-ID of every mail, in the order of the readers."""
        return sorted((reader, str(mail["Message-ID"])) for reader, mail in self.mails)


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.came.set()
        if self.server.is_silent:
            self.server.closing.wait()
            return
        reader = ""
        self.say("220 ready")
        for line in self.rfile:
            command = line.decode().strip()
            verb = command.upper()[:4]
            if verb == "QUIT":
                self.say("221 bye")
                return
            if verb == "RCPT":
                reader = command.partition("<")[2].rpartition(">")[0]
            if verb == "DATA":
                self.say("354 go on")
                self.server.mails.append((reader, message_from_bytes(self.letter())))
            self.say("250 done")

    def letter(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line[1:] if line.startswith(b"..") else line for line in lines)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server(port: int = 0) -> Iterator[MailServer]:
    with MailServer(port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
