import ArgumentParser
import Domain
import Platform
import Probing

extension ProbeCommand {
    /// Registers as they are, in mbpoll's letters.
    func readRaw(stop: StopFlag) throws -> ExitCode {
        let time = SystemClock()
        let said = raw.endpoint(devices[0])
        let endpoint = try asHeld(said, settingsAreSaid: raw.saysLine, stop: stop, time: time)
        let read = try raw.read(at: endpoint)
        let interval = raw.once ? nil : Duration.milliseconds(raw.interval ?? 1_000)
        return try onLine(endpoint, stop: stop, time: time) { bus in
            var session = RawReadSession(read, from: bus, style: report.style, asJSON: report.json)
            return try session.run(every: interval, stop: stop, time: time) { gateway.show($0) } ? .success : .field
        }
    }

    /// The line with the settings that a running gateway has it open with, where the user said none.
    func asHeld(
        _ endpoint: ModbusEndpoint,
        settingsAreSaid: Bool,
        stop: StopFlag,
        time: SystemClock
    ) throws -> ModbusEndpoint {
        guard !settingsAreSaid, let held = try lineAccess(stop: stop, time: time).held(endpoint) else {
            return endpoint
        }
        return held.endpoint
    }
}
