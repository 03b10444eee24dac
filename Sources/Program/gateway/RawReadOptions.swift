public import ArgumentParser
import Commands
import Diagnosing
public import Domain
import Modbus
import Platform
import Speech

/// mbpoll's letters, so that users need not relearn them: with any of them the argument is a device file or a host.
struct RawReadOptions: ParsableArguments {
    @Option(
        name: .customShort("m", allowingJoined: true),
        help: .said(LetterHelpPhrase.mode)
    )
    var mode: Mode?

    @Option(name: .customShort("a", allowingJoined: true), help: .said(LetterHelpPhrase.units))
    var units: String?

    @Option(
        name: .customShort("r", allowingJoined: true),
        help: .said(LetterHelpPhrase.first)
    )
    var references: String?

    @Option(name: .customShort("c", allowingJoined: true), help: .said(LetterHelpPhrase.count))
    var count: Int?

    @Option(
        name: .customShort("t", allowingJoined: true),
        help: .said(LetterHelpPhrase.type)
    )
    var type: String?

    @Flag(name: .customShort("0"), help: .said(LetterHelpPhrase.fromZero))
    var fromZero = false

    @Flag(name: .customShort("B"), help: .said(LetterHelpPhrase.bigEndian))
    var bigEndian = false

    @Flag(name: .customShort("1"), help: .said(LetterHelpPhrase.once))
    var once = false

    @Option(
        name: .customShort("l", allowingJoined: true),
        help: .said(LetterHelpPhrase.interval)
    )
    var interval: Int?

    @Option(
        name: .customShort("o", allowingJoined: true),
        help: .said(LetterHelpPhrase.timeout)
    )
    var typedTimeout: TypedNumber?

    var timeout: Double? { typedTimeout?.value }

    @Option(name: .customShort("p", allowingJoined: true), help: .said(LetterHelpPhrase.port))
    var port: Int?

    @Option(name: .customShort("b", allowingJoined: true), help: .said(LetterHelpPhrase.baud))
    var baud: Int?

    @Option(name: .customShort("d", allowingJoined: true), help: .said(LetterHelpPhrase.dataBits))
    var dataBits: Int?

    @Option(name: .customShort("s", allowingJoined: true), help: .said(LetterHelpPhrase.stopBits))
    var stopBits: Int?

    @Option(name: .customShort("P", allowingJoined: true), help: .said(LetterHelpPhrase.parity))
    var parity: SerialSettings.Parity?

    enum Mode: String, ExpressibleByArgument {
        case rtu
        case tcp
    }

    var isGiven: Bool {
        mode != nil || units != nil || references != nil || count != nil || type != nil || fromZero || bigEndian || once
            || interval != nil || timeout != nil || port != nil || baud != nil || dataBits != nil || stopBits != nil
            || parity != nil
    }

    /// Whether the user gave the line's settings.
    var saysLine: Bool { baud != nil || dataBits != nil || stopBits != nil || parity != nil }

    func validate() throws {
        func check(_ isRight: Bool, _ phrase: UsagePhrase, _ arguments: String...) throws {
            if !isRight { throw ValidationError(Sentence(phrase, arguments: arguments).text(in: .ofThisCommand)) }
        }
        try check(count.map { (1...125).contains($0) } ?? true, .between, "-c", "1", "125")
        try check(interval.map { $0 > 10 } ?? true, .moreThan, "-l", "10 ms")
        try check(timeout.map { (0.01...10).contains($0) } ?? true, .betweenOf, "-o", "0.01", "10", "s")
        try check(port.map { (1...65_535).contains($0) } ?? true, .between, "-p", "1", "65535")
        try check(dataBits.map { (7...8).contains($0) } ?? true, .between, "-d", "7", "8")
        try check(stopBits.map { (1...2).contains($0) } ?? true, .between, "-s", "1", "2")
        let known = SerialSettings.knownBaudRates
        try check(
            baud.map { known.contains($0) } ?? true,
            .oneOf,
            "-b",
            known.map(String.init).joined(separator: ", ")
        )
    }

    /// The endpoint to ask, with mbpoll's defaults: 19200 8E1, port 502.
    func endpoint(_ device: String) -> ModbusEndpoint {
        let isSerial = mode.map { $0 == .rtu } ?? RawReadLetters.isSerial(device)
        guard isSerial else { return .modbusTCP(host: device, port: port ?? 502) }
        return .serialLine(
            path: device,
            settings: SerialSettings(
                baud: baud ?? 19_200,
                parity: parity ?? .even,
                dataBits: dataBits ?? 8,
                stopBits: stopBits ?? 1
            )
        )
    }

    /// What to say about a first register that looks like a manual's number, 40001; nil for any other.
    var numberingHint: Sentence? {
        guard let (table, _) = try? RawReadLetters.type(type ?? "4"),  // a wrong type is told by `read`
            let number = references.flatMap({ Int($0) }),
            let register = RawReadLetters.register(ofManual: number, in: table)
        else { return nil }
        return Sentence(
            RawReadPhrase.manualNumber,
            "\(number)",
            "\(table.rawValue) \(register)",
            fromZero ? "-0 -r \(register - 1)" : "-r \(register)"
        )
    }

    /// The registers to read there.
    func read(at endpoint: ModbusEndpoint) throws -> RawRead {
        let ids = endpoint.framing.unitIDs
        let allowed = Int(ids.lowerBound)...Int(ids.upperBound)
        do {
            let (table, format) = try RawReadLetters.type(type ?? "4")
            let first = fromZero ? 0 : 1
            let references = try RawReadLetters.list(
                self.references ?? "1",
                in: first...65_535 + first,
                of: "-r"
            )
            let reply = Duration.seconds(timeout ?? 1)
            let read = RawRead(
                units: try RawReadLetters.list(units ?? "1", in: allowed, of: "-a").map { UnitID(UInt8($0)) },
                table: table,
                format: format,
                starts: references.map { $0 - first },
                // As in mbpoll, several first registers give one value each.
                count: references.count > 1 ? 1 : count ?? 1,
                highWordFirst: bigEndian,
                timing: ReplyTiming(replyTime: reply, worstReply: reply)
            )
            if let beyond = read.ranges.first(where: { $0.end > 65_536 }) {
                throw wrongUse(.beyond, "\(beyond)")
            }
            return read
        } catch let problem as RawReadLetters.Problem {
            switch problem {
            case .list(let letter, let text, let allowed):
                if letter == "-r", let numberingHint { complain(numberingHint) }
                throw wrongUse(.numbers, letter, text, "\(allowed.lowerBound)", "\(allowed.upperBound)")
            case .type(let text): throw wrongUse(.type, text)
            }
        }
    }
}

extension SerialSettings.Parity: ExpressibleByArgument {}
