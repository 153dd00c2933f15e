"""A real mail server for the tests: takes letters on a free port of this machine, and keeps each as
a file in FOLDER. Readers whose names begin with "nobody" are refused for good, with "later" for now.

    python3 test/mail_server.py FOLDER      FOLDER/port tells the port; ends when its input ends
"""
import asyncio
import os
import sys

from aiosmtpd.smtp import SMTP


class Box:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return f"550 no such reader: {address}"
        if address.startswith("later"):
            return f"451 not now: {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        to = ("X-To: " + ",".join(envelope.rcpt_tos) + "\r\n").encode()
        keep(os.path.join(self.folder, f"{self.count:04}.eml"), to + envelope.content)
        return "250 taken"


def keep(path, content):
    with open(path + ".part", "wb") as file:
        file.write(content)
    os.rename(path + ".part", path)


async def main(folder):
    loop = asyncio.get_running_loop()
    box = Box(folder)
    server = await loop.create_server(lambda: SMTP(box, hostname="mail.test"), "127.0.0.1", 0)
    keep(os.path.join(folder, "port"), str(server.sockets[0].getsockname()[1]).encode())
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main(sys.argv[1]))
