import Sandbox

extension ServerConfiguration {
    /// The sandbox beside this server.
    var sandbox: SandboxConfiguration {
        SandboxConfiguration(folder: "\(dataFolder)/sandbox")
    }
}
