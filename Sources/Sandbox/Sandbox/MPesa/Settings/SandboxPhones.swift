/// The phones of the sandbox M-Pesa that do something special; `docs/sandbox.md` has the same table, and a test
/// compares them. Every other well-formed number pays.
package enum SandboxPhones {
    /// A row of the table.
    package struct Entry: Sendable {
        /// `254…`, as Daraja writes numbers.
        package let number: String
        /// What happens, for people.
        package let meaning: String
        /// How a payment by STK push ends.
        let fate: MPesaFate
        /// What goes wrong besides.
        package let faults: Set<MPesaFault>
    }

    /// The phones that do something special.
    package static let special: [Entry] = ends + faulty

    private static let ends: [Entry] = [
        end(200, "pays", .paid),
        end(201, "has too little money (1)", .insufficientFunds),
        end(202, "is told to cancel by its user (1032)", .cancelled),
        end(203, "is given a wrong PIN (2001)", .wrongPIN),
        Entry(number: number(204), meaning: "is not reached (1037)", fate: .timesOut(.unreachable), faults: []),
        Entry(number: number(205), meaning: "lets the request expire (1019)", fate: .timesOut(.expired), faults: []),
        end(206, "paid the same just now (17)", .ruleLimited),
        end(207, "cannot be sent the prompt (1025)", .pushFailed),
        end(208, "is busy with another session (1001)", .locked),
        end(209, "meets a general error (9999)", .generalError),
        end(210, "meets a busy system (26)", .busy),
        end(211, "pays too little (2)", .belowMinimum),
        end(212, "pays too much at once (3)", .aboveMaximum),
        end(213, "has paid too much today (4)", .dailyLimit),
        end(214, "would fill the receiver beyond its limit (8)", .balanceLimit),
        end(215, "may not pay this product (2028)", .notPermitted),
        end(216, "has a locked PIN (8006)", .credentialLocked),
        end(217, "does not find the operator (SFC_IC0003)", .operatorUnknown),
        end(218, "does not acknowledge the prompt (1036)", .handsetSilent),
        end(219, "ends with a code that nobody documents (7777)", .undocumented),
        Entry(number: number(220), meaning: "never ends the payment", fate: .neverEnds, faults: []),
        Entry(
            number: number(221),
            meaning: "is always locked (500.001.1001 to the push)",
            fate: .refusesPush,
            faults: []
        ),
    ]

    private static let faulty: [Entry] = [
        fault(230, "pays; the callback is lost", .callbackLost),
        fault(231, "pays; the callback is doubled", .callbackDoubled),
        fault(232, "pays; the callback is late", .callbackLate),
        fault(233, "pays; the callback comes before the HTTP answer", .callbackFirst),
        fault(234, "pays; two forged callbacks come before the true one", .callbackForged),
        fault(235, "pays; the next callback overtakes its own", .callbackReordered),
        fault(236, "pays; the callback says that it is plain text", .callbackMistyped),
        fault(237, "pays; the HTTP answer is lost", .answerLost),
        fault(238, "every other push fails with HTTP 500 (500.003.1001), then it pays", .serverError),
        fault(239, "every other push finds the token expired, then it pays", .tokenExpired),
        fault(240, "every other push is too fast (500.003.02), then it pays", .spikeArrest),
        fault(241, "pays; queries fail (500.001.1001)", .queryFault),
        fault(242, "pays; queries say that it was not reached (1037)", .queryContradicts),
    ]

    /// The row of a number; ordinary phones have none.
    package static func entry(of number: String) -> Entry? {
        special.first { $0.number == number }
    }

    private static func number(_ last: Int) -> String { "254700000\(last)" }

    private static func end(_ last: Int, _ meaning: String, _ result: MPesaResult) -> Entry {
        Entry(number: number(last), meaning: meaning, fate: .ends(result), faults: [])
    }

    private static func fault(_ last: Int, _ meaning: String, _ fault: MPesaFault) -> Entry {
        Entry(number: number(last), meaning: meaning, fate: .ends(.paid), faults: [fault])
    }
}
