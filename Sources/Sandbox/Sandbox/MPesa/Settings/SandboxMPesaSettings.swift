/// What the sandbox M-Pesa is and how it behaves. The numbers in brackets are sections of the fact sheet on Daraja.
package struct SandboxMPesaSettings: Sendable {
    /// Its port on loopback; 0 picks a free one.
    package var port = 0
    /// The app's consumer key (1).
    package var consumerKey = "sandbox-consumer-key"
    /// The app's consumer secret (1).
    package var consumerSecret = "sandbox-consumer-secret"
    /// The pay bill number, five to seven digits (11).
    package var shortcode = "174379"
    /// The till that buy-goods payments are credited to; nil when there is none (3).
    package var till: String? = "174380"
    /// What STK passwords are made with (3).
    package var passkey = "sandbox-passkey"
    /// The API operator's name (7).
    package var initiatorName = "sandboxapi"
    /// The API operator's password (7); looked at only when `initiatorKeyFile` is set.
    package var initiatorPassword = "SandboxPassword1"
    /// The path of an RSA private key in PEM that opens SecurityCredentials, with the program `openssl`; nil accepts
    /// any well-formed base64 (7).
    package var initiatorKeyFile: String?

    /// How long a token lives (1). Default 3,600 s; answers say one second less.
    package var tokenLifetime: Duration = .seconds(3600)
    /// From a push or a simulation to the end of the payment. Default 2 s.
    package var paymentDelay: Duration = .seconds(2)
    /// From a push to a phone that nobody touches to its end (5). Default 14 s.
    package var noAnswerDelay: Duration = .seconds(14)
    /// From the acknowledgement of an initiator's request to its result (7). Default 1 s.
    package var resultDelay: Duration = .seconds(1)
    /// How late a callback is when it is late and the fault does not say. Default 5 s.
    package var lateBy: Duration = .seconds(5)
    /// How long a callback that is to be overtaken waits for another at most. Default 5 s.
    package var overtakingLimit: Duration = .seconds(5)
    /// How long a C2B validation may take (6). Default 8 s.
    package var validationLimit: Duration = .seconds(8)
    /// How long the receiver of any other callback may take; there is no second try (10). Default 10 s.
    package var callbackLimit: Duration = .seconds(10)
    /// How long a phone is locked by a payment that never ends (2). Default 60 s.
    package var lockLimit: Duration = .seconds(60)

    /// The most shillings of one payment (11).
    package var maximumAmount: Int64 = 250_000
    /// The most shillings that a phone may pay in a day of Nairobi (11).
    package var dailyLimit: Int64 = 500_000
    /// What the pay bill has at first, in shillings.
    package var openingBalance: Int64 = 0
    /// How many payments, transactions, and deliveries are remembered each; older ones are forgotten. While so many
    /// payments are on their way, more are refused as "System is busy".
    package var capacity = 10_000
    /// Queries out of a hundred that fail for no reason (5). Default 0; 4 of 19 were seen.
    package var queryFaultPercent = 0
    /// Whether a payment by STK is also confirmed to registered C2B URLs (6). Default true.
    package var confirmsSTK = true
    /// Whether payments are validated first, which Safaricom enables on request (6). Default false.
    package var validatesC2B = false
    /// The payer's number in C2B payloads (6).
    package var payerForm = MPesaPayerForm.byVersion
    /// What a query says of a payment that is not over (5).
    package var inFlightShape = MPesaInFlightShape.result4999
    /// Sent as `X-Forwarded-For` with callbacks, as behind a proxy; nil sends none (9).
    package var sourceAddress: String?
    /// What is checked that Safaricom does not always check.
    package var strictness = MPesaStrictness()
    /// Where ids and chance begin. Receipts of two runs differ unless it is set.
    package var seed = UInt64.random(in: .min ... .max)

    /// The defaults.
    package init() {}
}
