"""Asks the sandbox M-Pesa by two clients that others wrote, and prints as one JSON object what they made of it:

mpesa_clients.py ask URL SETTINGS_JSON               token, push, query, registration, balance, simulation
mpesa_clients.py reverse URL SETTINGS_JSON RECEIPT   reversal and status of a transaction
mpesa_clients.py judge KIND FILE                     what mpesakit's own schema reads from a callback's body

SETTINGS_JSON has key, secret, shortcode, passkey, initiator, and callbacks, the URL of a server that takes callbacks.
"""

import base64
import json
import sys
import time
import warnings

from mpesa_connect import App, Authorization, C2B, STKPush
from mpesakit.c2b.schemas import C2BValidationRequest
from mpesakit.errors import MpesaApiException
from mpesakit.mpesa_client import MpesaClient

PHONE = "254700000200"


class Here(App):
    """mpesa-connect knows Safaricom's two hosts only; its property is what all its calls ask."""

    url = ""

    @property
    def base_url(self):
        return self.url


def ask_mpesakit(url, settings):
    client = MpesaClient(settings["key"], settings["secret"])
    # The constructor takes the name of an environment and no URL; the attribute that it fills is what every call joins.
    client.http_client.base_url = url
    found = {"token": len(client.token_manager.get_token())}
    pushed = client.stk_push(
        business_short_code=int(settings["shortcode"]),
        passkey=settings["passkey"],
        transaction_type="CustomerPayBillOnline",
        amount=30,
        party_a=PHONE,
        party_b=settings["shortcode"],
        phone_number=PHONE,
        callback_url=settings["callbacks"] + "/stk",
        account_reference="Invoice8",
        transaction_desc="Top-up",
    )
    found["push"] = pushed.is_successful()
    found["checkout"] = pushed.CheckoutRequestID
    stamp = time.strftime("%Y%m%d%H%M%S")
    secret = settings["shortcode"] + settings["passkey"] + stamp
    deadline = time.monotonic() + 20
    while True:
        state = client.stk_query(
            business_short_code=int(settings["shortcode"]),
            password=base64.b64encode(secret.encode()).decode(),
            timestamp=stamp,
            checkout_request_id=pushed.CheckoutRequestID,
        )
        if str(state.ResultCode) != "4999" or time.monotonic() > deadline:
            break
        time.sleep(0.01)
    found["query"] = str(state.ResultCode)
    registered = client.c2b.register_url(
        short_code=int(settings["shortcode"]),
        response_type="Completed",
        confirmation_url=settings["callbacks"] + "/confirm",
        validation_url=settings["callbacks"] + "/validate",
    )
    found["register"] = registered.is_successful() and bool(registered.OriginatorConversationID)
    balance = client.balance.query(
        initiator=settings["initiator"],
        security_credential="c2FuZGJveA==",
        command_id="AccountBalance",
        party_a=int(settings["shortcode"]),
        identifier_type=4,
        remarks="a test",
        result_url=settings["callbacks"] + "/result",
        queue_timeout_url=settings["callbacks"] + "/timeout",
    )
    found["balance"] = balance.is_successful()
    wrong = MpesaClient(settings["key"], "wrong")
    wrong.http_client.base_url = url
    try:
        wrong.token_manager.get_token()
    except MpesaApiException as error:
        found["wrong_secret"] = error.error.error_code
    return found


def reverse_and_ask(url, settings, receipt):
    client = MpesaClient(settings["key"], settings["secret"])
    client.http_client.base_url = url
    common = {
        "initiator": settings["initiator"],
        "security_credential": "c2FuZGJveA==",
        "remarks": "a test",
        "result_url": settings["callbacks"] + "/result",
        "queue_timeout_url": settings["callbacks"] + "/timeout",
        "transaction_id": receipt,
    }
    reversal = client.reversal.reverse(amount=30, receiver_party=int(settings["shortcode"]), **common)
    status = client.transactions.query_status(party_a=int(settings["shortcode"]), identifier_type=4, **common)
    return {"reversal": reversal.is_successful(), "status": status.is_successful()}


def ask_mpesa_connect(url, settings):
    Here.url = url
    app = Here.create_sandbox(consumer_key=settings["key"], consumer_secret=settings["secret"])
    token = Authorization(app).generate_token().access_token
    pushed = STKPush(app, access_token=token).process_request(
        business_short_code=int(settings["shortcode"]),
        amount=5,
        phone_number=254711000111,
        call_back_url=settings["callbacks"] + "/stk2",
        account_reference="Invoice9",
        transaction_desc="Top-up",
        pass_key=settings["passkey"],
    )
    simulated = C2B(app, access_token=token).simulate(
        short_code=int(settings["shortcode"]),
        command_id="CustomerPayBillOnline",
        amount=7,
        msisdn=254711000222,
        bill_ref_number="acc 9",
    )
    return {
        "token": len(token),
        "push": pushed.response_code,
        "simulate": simulated.response_code,
        "unknown_token": STKPush(app, access_token="x").query(
            business_short_code=int(settings["shortcode"]), checkout_request_id="ws_CO_1", pass_key=settings["passkey"]
        ).error_code,
    }


def judge(kind, body):
    client = MpesaClient("key", "secret")
    if kind == "stk":
        callback = client.process_stk_callback(body)
        return {
            "successful": callback.is_successful,
            "amount": callback.amount,
            "receipt": callback.mpesa_receipt_number,
            "phone": str(callback.phone_number),
        }
    if kind == "confirmation":
        payment = C2BValidationRequest.model_validate(body)
        return {"amount": payment.TransAmount, "account": payment.BillRefNumber}
    if kind == "reversal":
        return {"code": str(client.process_reversal_callback(body).Result.ResultCode)}
    return {"code": str(client.process_account_balance_callback(body).Result.ResultCode)}


def main():
    warnings.simplefilter("ignore")
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "judge":
        with open(arguments[1], encoding="utf-8") as file:
            answer = judge(arguments[0], json.load(file))
    elif command == "reverse":
        answer = reverse_and_ask(arguments[0], json.loads(arguments[1]), arguments[2])
    else:
        url, settings = arguments[0], json.loads(arguments[1])
        # One after the other: a new token ends the one before.
        answer = {"mpesakit": ask_mpesakit(url, settings), "mpesa_connect": ask_mpesa_connect(url, settings)}
    print(json.dumps(answer))


main()
