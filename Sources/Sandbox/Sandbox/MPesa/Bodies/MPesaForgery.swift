import Platform
import Primitives

/// What somebody else could send who wants a payment believed: nothing in a callback proves its sender (facts
/// section 9).
enum MPesaForgery {
    /// How much more than the truth a forged callback claims, in shillings.
    static let surplus: Int64 = 1000

    /// One to the right URL for a payment that is not there, and one about the true payment to a path that can be
    /// guessed.
    static func notices(of payment: MPesaPayment, at now: Timestamp) -> [MPesaNotice] {
        let claim = STKCallbackBody.items(
            payment.request.amount + surplus,
            "FORGED\(payment.request.phone.suffix(4))",
            payment.request.phone,
            at: now
        )
        let wrongID = payment.checkoutRequestID + "0"
        let bodies = [
            (
                payment.request.callbackURL,
                STKCallbackBody.envelope(payment.merchantRequestID, wrongID, .paid, items: claim)
            ),
            (
                guessable(payment),
                STKCallbackBody.envelope(
                    payment.merchantRequestID,
                    payment.checkoutRequestID,
                    .paid,
                    items: claim
                )
            ),
        ]
        return bodies.map { url, body in
            MPesaNotice(
                .forged,
                url: url,
                shortcode: payment.request.shortcode,
                reference: payment.checkoutRequestID,
                body: body
            )
        }
    }

    /// The callback's URL with the payment's reference instead of its last part.
    private static func guessable(_ payment: MPesaPayment) -> String {
        let url = payment.request.callbackURL
        let path = url.prefix { $0 != "?" && $0 != "#" }
        // Behind the two slashes of the scheme; without a path there is none to guess but the root's.
        guard let slash = path.lastIndex(of: "/"), path[..<slash].contains("://") else {
            return path + "/\(payment.checkoutRequestID)"
        }
        return path[...slash] + payment.checkoutRequestID
    }
}
