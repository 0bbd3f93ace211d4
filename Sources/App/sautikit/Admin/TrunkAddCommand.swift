import ArgumentParser
import Platform

/// Makes a carrier known.
struct TrunkAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a carrier; running servers use it for the next call.",
        discussion: """
            A call tries the trunks of the longest matching prefix first, among them the lowest priority number.
            Calls to your numbers are taken from its address and port, and from the networks of --from; with an inbound user
            name, also from wherever it proves to know the password. --accept asks for less or more; others are refused.
            A second trunk takes over when the first does not answer or says 408, 480, 500, 502, 503 or 504.

              sautikit admin trunk add --name main --address 192.0.2.10:5060 --transport udp --prefix +254 --priority 10
              sautikit admin trunk add --name spare --address sip.example.net:5060 --transport tcp \\
                --username duka --password-file trunk.secret --prefix + --priority 20 \\
                --inbound-username carrier --inbound-password-file inbound.secret --accept digest
            """
    )

    @Option(help: "A name of your choice; names are unique.")
    var name: String

    @Option(
        help: "Where its SIP server is: host:port, or a host whose SRV records say where (RFC 3263).",
        completion: nil
    )
    var address: String

    @Option(help: "udp, tcp or tls.")
    var transport: TrunkTransport

    @Option(help: "User name for digest authentication, if the carrier asks.")
    var username: String?

    @Option(help: "Its password; other users of this machine can see it while the command runs.")
    var password: String?

    @Option(help: ArgumentHelp("A file whose first line is the password.", valueName: "file"))
    var passwordFile: String?

    @Option(help: "Numbers that begin with this go here: +254, or + for all.")
    var prefix: String

    @Option(help: "The lowest number goes first.")
    var priority = 10

    @Option(help: "Whose calls it takes: live, test (a sandbox for tsk_test_ keys) or any.")
    var purpose = TrunkPurpose.live

    @Option(
        name: .customLong("from"),
        parsing: .upToNextOption,
        help: "Networks that its calls to you come from, such as 196.201.0.0/16, besides its own address and port."
    )
    var sources: [String] = []

    @Flag(help: "It sends calls only to where you have registered: register, with the user name and password.")
    var register = false

    @Option(help: "User name by which its calls to you are known.")
    var inboundUsername: String?

    @Option(help: "Its password; other users of this machine can see it while the command runs.")
    var inboundPassword: String?

    @Option(help: ArgumentHelp("A file whose first line is that password.", valueName: "file"))
    var inboundPasswordFile: String?

    @Option(help: "What proves that a call is its own: address, digest, either or both (default: either, if it can).")
    var accept: TrunkAcceptance?

    @Flag(help: "Replace the trunk of this name, if there is one.")
    var replace = false

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let password = try password ?? passwordFile.map(SecretFile.firstLine)
        let inbound = TrunkInboundWish(
            sources: sources,
            username: inboundUsername,
            password: try inboundPassword ?? inboundPasswordFile.map(SecretFile.firstLine),
            acceptance: accept
        )
        let trunk = try await options.withPlatform { context in
            try await AddTrunk(context)(
                name: name,
                address: address,
                transport: transport,
                username: username,
                password: password,
                prefix: prefix,
                priority: priority,
                purpose: purpose,
                registers: register,
                inbound: inbound,
                replacing: replace
            )
        }
        options.show(trunk.json, ["Added trunk \(trunk.line)"])
    }
}

extension TrunkTransport: ExpressibleByArgument {}
extension TrunkPurpose: ExpressibleByArgument {}
extension TrunkAcceptance: ExpressibleByArgument {}
