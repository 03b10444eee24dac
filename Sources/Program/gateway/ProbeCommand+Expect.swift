import ArgumentParser
import Asking
import Commands
import Diagnosing
import Documents
import Domain
import Glibc
import Installation
import JSON
import Modbus
import Platform
import Profiles
import Speech

extension ProbeCommand {
    /// Finds the displayed value in the registers.
    func findExpected(stop: StopFlag) throws -> ExitCode {
        let time = SystemClock()
        let displays = try expectation.displays
        let style = report.style
        for display in displays {
            guard let refusal = ExpectationText.refusal(of: display) else { continue }
            complain(refusal)
            return .wrongUse
        }
        let (endpoint, question) = try expectationQuestion(stop: stop, time: time)
        return try onLine(endpoint, stop: stop, time: time) { bus in
            let text = ExpectationText(style: style, profile: question.profile)
            var session = ExpectationSession(
                question,
                display: displays[0],
                bus: bus,
                stop: stop,
                time: time
            ) { news in
                if !report.json { Commands.show(text.lines(news)) }
            }
            if let finding = try session.search() {
                tell(finding, of: endpoint, question.unit)
                return .field
            }
            for later in displays.dropFirst() where !session.hits.isEmpty {
                try session.confirm(later, patience: .seconds(60))
            }
            if expectation.confirm || (displays.count == 1 && !report.json && isatty(STDIN_FILENO) == 1) {
                try ask(&session, text, stop: stop)
            }
            finish(session, text, question.unit, at: endpoint)
            return session.hits.count > 0 ? .success : .field
        }
    }

    /// Asks until one reading is left, or the person stops.
    private func ask(_ session: inout ExpectationSession, _ text: ExpectationText, stop: StopFlag) throws {
        while session.hits.count > 1 || (session.hits.count == 1 && !session.isConfirmed) {
            if isatty(STDIN_FILENO) == 1 {
                print(text.prompt.terminal, terminator: "")
                fflush(nil)
            }
            guard let line = StandardInput.line(stop: stop) else { return }
            let answer = line.filter { $0 != "\r" }
            if answer.allSatisfy({ $0 == " " }) { return }
            let display: DisplayValue
            do throws(DisplayValue.Flaw) {
                display = try DisplayValue(answer)
            } catch {
                Commands.show(text.refusal(of: answer, error))
                continue
            }
            try session.confirm(display)
        }
    }

    /// Prints the result once more, in a form to keep.
    private func finish(
        _ session: ExpectationSession,
        _ text: ExpectationText,
        _ unit: UnitID,
        at endpoint: ModbusEndpoint
    ) {
        guard let best = session.hits.first else { return }
        guard report.json else {
            Commands.show(text.paste(best, display: session.display, isConfirmed: session.isConfirmed))
            return
        }
        for hit in session.hits {
            let line = text.json(
                hit,
                display: session.display,
                bus: endpoint.description,
                unit: unit,
                isConfirmed: session.isConfirmed
            )
            Commands.show(json: line.utf8)
        }
    }

    /// The device to ask, and the registers to search.
    private func expectationQuestion(
        stop: StopFlag,
        time: SystemClock
    ) throws -> (ModbusEndpoint, ExpectationSession.Question) {
        func question(
            _ endpoint: ModbusEndpoint,
            _ target: ProbeTarget
        ) -> (ModbusEndpoint, ExpectationSession.Question) {
            let access = target.profile.modbus
            let question = ExpectationSession.Question(
                unit: target.unit,
                scope: expectation.scope(otherwise: ExpectationScope(profile: target.profile)),
                timing: ReplyTiming(
                    replyTime: access?.replyTime ?? .milliseconds(500),
                    worstReply: access?.worstReply ?? .seconds(2)
                ),
                profile: target.profile,
                tolerance: expectation.tolerance
            )
            return (endpoint, question)
        }
        if raw.isGiven {
            let endpoint = try asHeld(raw.endpoint(devices[0]), settingsAreSaid: raw.saysLine, stop: stop, time: time)
            let read = try raw.read(at: endpoint)
            let around = ExpectationScope(around: read.ranges.map { $0.start..<$0.end }, first: read.table)
            let isSaid = raw.references != nil || raw.count != nil
            return (
                endpoint,
                ExpectationSession.Question(
                    unit: read.units[0],
                    scope: expectation.scope(otherwise: isSaid ? around : .standard),
                    timing: read.timing,
                    tolerance: expectation.tolerance
                )
            )
        }
        if let profile {
            let (endpoint, target) = try target(profile: profile)
            return question(endpoint, target)
        }
        if line.isGiven {
            let settingsAreSaid = line.baud != nil || line.parity != nil || line.stopBits != nil
            let endpoint = try asHeld(line.endpoint(), settingsAreSaid: settingsAreSaid, stop: stop, time: time)
            let unit = line.unit ?? 1
            if !endpoint.framing.unitIDs.contains(unit) {
                throw wrongUse(.unitOfLine)
            }
            return (
                endpoint,
                ExpectationSession.Question(
                    unit: UnitID(unit),
                    scope: expectation.scope(otherwise: .standard),
                    timing: ReplyTiming(replyTime: .seconds(1), worstReply: .seconds(1)),
                    tolerance: expectation.tolerance
                )
            )
        }
        guard devices.count == 1 else {
            throw wrongUse(.expectOneDevice)
        }
        let configuration = try options.load()
        let device = try configuration.device(named: devices[0])
        guard let endpoint = configuration.buses.first(where: { $0.id == device.bus })?.endpoint else {
            complain(UsagePhrase.mqttHasNoRegisters, device.id)
            throw ExitCode.wrongUse
        }
        return question(endpoint, ProbeTarget(device))
    }

    /// Prints what prevents reading the device at all.
    private func tell(_ finding: Finding, of endpoint: ModbusEndpoint, _ unit: UnitID) {
        let language = report.style.language
        guard report.json else {
            Commands.show(FindingText.lines(finding, style: report.style))
            return
        }
        var members: [(String, DataValue)] = [
            ("bus", .string(endpoint.description)), ("unit", .integer(unit.number)), ("ok", .bool(false)),
            ("latency_ms", .null),
        ]
        if let diagnosis = finding.diagnosis { members.append(("diagnosis", .string(diagnosis.rawValue))) }
        members.append(("next", .string(finding.next.text(in: language))))
        var text = JSONText()
        text.object(members)
        Commands.show(json: text.bytes)
    }
}

extension Configuration {
    /// The device, or exit 2 with the nearest name.
    func device(named id: String) throws -> Device {
        if let device = devices.first(where: { $0.id == id }) { return device }
        complain(UsagePhrase.noDevice, id, NearestWord.spokenHint(for: id, in: devices.map(\.id)))
        throw ExitCode.wrongUse
    }
}

/// Reads what a person types.
enum StandardInput {
    /// The next line of text; nil at the input's end, or when the user stops.
    static func line(stop: StopFlag) -> String? {
        var bytes: [UInt8] = []
        while !stop.isRaised {
            var waited = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            // Another thread receives the signal: check the flag five times a second.
            guard poll(&waited, 1, 200) > 0 else { continue }
            var byte: UInt8 = 0
            // Read byte by byte: what follows this line of text is the next answer.
            guard read(STDIN_FILENO, &byte, 1) == 1 else { break }
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
        return bytes.isEmpty || stop.isRaised ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
