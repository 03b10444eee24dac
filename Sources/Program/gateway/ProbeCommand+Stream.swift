import ArgumentParser
import Asking
import Commands
import Diagnosing
import Documents
import Domain
import Platform
import Profiles
import Speech

/// A device that sends text, and is in no configuration.
extension ProbeCommand {
    /// The line and the device that the options name; nil where the profile is none of a device that sends text.
    func streamTarget(profile name: String) throws -> (StreamEndpoint, ProbeTarget)? {
        guard let profile = try options.profileOptions.loadSome(into: ProblemLog())[name], let access = profile.stream
        else { return nil }
        let endpoint = try line.streamEndpoint(standard: access.line ?? SerialSettings())
        return (endpoint, ProbeTarget(profile: profile, bus: endpoint.description, unit: UnitID(0)))
    }

    func listen(_ target: ProbeTarget, _ endpoint: StreamEndpoint, stop: StopFlag) -> DeviceReport {
        // Problems of other profiles do not concern this probe.
        let profiles = options.profileOptions.load(into: ProblemLog()).all
        return StreamProbe(
            endpoint: endpoint,
            profiles: profiles,
            time: SystemClock(),
            isStopping: { stop.isRaised }
        )
        .run(target, wait: wait.map { .seconds($0) })
    }
}

extension LineOptions {
    /// Where the device is heard.
    func streamEndpoint(standard: SerialSettings) throws -> StreamEndpoint {
        if let tcpHost {
            let (host, port) = try Self.address(tcpHost, standardPort: 0)
            return .tcp(host: host, port: port)
        }
        let line = try endpoint(standard: standard)
        guard let path = line.serialPath, let settings = line.serialSettings else { throw wrongUse(.nameLine) }
        return .serial(path: path, settings: settings)
    }
}
