import AsyncHTTPClient
import Logging
import NIOPosix
import Payments
import Platform
import Sandbox
import ServiceLifecycle

/// Speaks with M-Pesa: the real one where it is configured, a pretended one for test keys, and for everybody in the sandbox.
struct PaymentNode: Service {
    private static let registrationWait = Duration.seconds(30)

    let configuration: ServerConfiguration
    let context: PlatformContext
    let addresses: ServerAddresses

    func run() async throws {
        guard let (publicURL, localURL) = try await callbackURLs() else {
            context.logger.warning(
                "no top-ups: \(Setting.publicURL.environmentName) does not say how M-Pesa reaches us"
            )
            // A graceful shutdown ends the wait; so does a cancellation.
            _ = try? await gracefulShutdown()
            return
        }
        let group = MultiThreadedEventLoopGroup.singleton
        let client = HTTPClient(
            eventLoopGroupProvider: .shared(group),
            configuration: .init(redirectConfiguration: .disallow)
        )
        let test = PretendedMPesa(isTest: true, context: context, group: group)
        let live = configuration.isSandbox ? PretendedMPesa(isTest: false, context: context, group: group) : nil
        let result: Result<Void, any Error>
        do {
            let testLine = PaymentLine(try await test.open(client), callbackURL: localURL)
            var liveLine: PaymentLine?
            if let live {
                liveLine = PaymentLine(try await live.open(client), callbackURL: localURL)
                addresses.mpesa.announce(HostPort(host: "127.0.0.1", port: await live.port))
            } else if let settings = configuration.daraja {
                let daraja = DarajaClient(settings, client: client, clock: context.clock)
                liveLine = PaymentLine(daraja, callbackURL: publicURL)
            }
            await serve(PaymentGateways(live: liveLine, test: testLine), registering: liveLine)
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await test.close()
        await live?.close()
        // A client that cannot be shut down has been already.
        _ = try? await client.shutdown()
        try result.get()
    }

    private func serve(_ gateways: PaymentGateways, registering line: PaymentLine?) async {
        await cancelWhenGracefulShutdown {
            async let registration: Void = register(line)
            await PaymentDispatcher(context, gateways: gateways).run()
            await registration
        }
    }

    /// Until it is done: without it, nothing is heard of payments to the Paybill.
    private func register(_ line: PaymentLine?) async {
        guard let line else { return }
        let paths = PaybillPath(context)
        while !Task.isCancelled {
            do {
                try await line.gateway.register(
                    validationURL: line.callbackURL + paths.validation,
                    confirmationURL: line.callbackURL + paths.confirmation
                )
                return
            } catch {
                context.logger.warning("M-Pesa does not take our URLs yet", metadata: ["error": "\(error)"])
            }
            // A cancelled sleep ends the loop above.
            _ = try? await Task.sleep(for: Self.registrationWait)
        }
    }

    /// How the world reaches this server's API, and how this machine does.
    private func callbackURLs() async throws -> (publicURL: String, localURL: String)? {
        guard configuration.roles.contains(.api) else { return configuration.publicURL.map { ($0, $0) } }
        let bound = try await addresses.http.value()
        let isAny = ["0.0.0.0", "::"].contains(bound.host)
        let local = "http://\(HostPort(host: isAny ? "127.0.0.1" : bound.host, port: bound.port))"
        return (configuration.publicURL ?? local, local)
    }
}
