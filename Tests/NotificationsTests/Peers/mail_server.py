"""A mail server that nobody here wrote (aiosmtpd): asks for STARTTLS and a password, and keeps what it takes.

mail_server.py PORT FOLDER CERTIFICATE KEY; with CERTIFICATE "-" it knows neither STARTTLS nor passwords.
"""

import pathlib
import ssl
import sys
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

port, folder, certificate, key = sys.argv[1:5]


class Keeper:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("later@"):
            return "451 not now"
        if address.startswith("never@"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        Keeper.count += 1
        path = pathlib.Path(folder, f"{Keeper.count}.eml")
        secured = session.ssl is not None
        path.with_suffix(".part").write_bytes(b"X-Secured: %r\r\n" % secured + envelope.content)
        path.with_suffix(".part").rename(path)
        return "250 kept"


def authenticate(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (b"sautikit", b"siri:@/kubwa")
    return AuthResult(success=right, handled=False)


options = {}
if certificate != "-":
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    options = {
        "tls_context": context,
        "require_starttls": True,
        "auth_required": True,
        "auth_require_tls": True,
        "authenticator": authenticate,
    }
controller = Controller(Keeper(), hostname="127.0.0.1", port=int(port), **options)
controller.start()
print("ready", flush=True)
while True:
    time.sleep(1)
