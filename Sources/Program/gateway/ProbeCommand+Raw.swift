import ArgumentParser
import Asking
import Commands
import Diagnosing
import Domain
import Platform
import Speech

extension ProbeCommand {
    /// Reads registers without a profile, with mbpoll's letters.
    func readRaw(stop: StopFlag) throws -> ExitCode {
        let time = SystemClock()
        let said = raw.endpoint(devices[0])
        let endpoint = try asHeld(said, settingsAreSaid: raw.saysLine, stop: stop, time: time)
        let read = try raw.read(at: endpoint)
        if !report.json, let hint = raw.numberingHint { Commands.show(report.style.text(hint)) }
        let interval = raw.once ? nil : Duration.milliseconds(raw.interval ?? 1_000)
        return try onLine(endpoint, stop: stop, time: time) { bus in
            let text = RawReadText(read, style: report.style)
            var session = RawReadSession(read, from: bus)
            try session.run(every: interval, stop: stop, time: time) { reading in
                Commands.show(report.json ? [text.json(reading)] : text.lines(reading))
            }
            if !report.json { Commands.show(text.summary(session.counts)) }
            return session.counts.isWell ? .success : .field
        }
    }

    /// The line, with the settings of a running gateway that has it open, if the user gave none.
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
