import ArgumentParser
import Domain
import Platform
import Probing

extension ProbeCommand {
    /// Registers as they are, in mbpoll's letters.
    func readRaw(stop: StopFlag) throws -> ExitCode {
        let time = SystemClock()
        let endpoint = raw.endpoint(devices[0])
        let read = try raw.read(at: endpoint)
        let bus = OwnBus(endpoint: endpoint, time: time)
        var session = RawReadSession(read, from: bus, style: report.style, asJSON: report.json)
        let interval = raw.once ? nil : Duration.milliseconds(raw.interval ?? 1_000)
        return try session.run(every: interval, stop: stop, time: time) { show($0) } ? .success : .field
    }
}
