import ArgumentParser
import Commands
import Domain
import Platform
import Records
import Simulation
import Speech
import UnixSignals

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: spoken(CommandHelpPhrase.replay),
        discussion: spoken(CommandHelpPhrase.replayWay)
    )

    @Argument(help: .said(OptionHelpPhrase.recording))
    var record: String

    @Option(name: .long, help: .said(OptionHelpPhrase.otherEnd))
    var serial = "/tmp/gateway-replay"

    @Option(name: .long, help: .said(OptionHelpPhrase.replayPort))
    var port = 1_502

    @OptionGroup var language: LanguageOptions

    func validate() throws {
        guard (1...65_535).contains(port) else { throw wrongUse(.between, "--port", "1", "65535") }
    }

    func run() async throws {
        let file = RecordFiles.json(of: record)
        let found = try RecordFile.read(file).record
        let exchanges = found.exchanges
        if found.framing == "text" { return try await play(found, file) }
        guard !exchanges.isEmpty, let framing = ModbusFraming(rawValue: found.framing) else {
            complain(BenchPhrase.noFrames, file)
            throw ExitCode.wrongUse
        }
        let endpoint: ModbusEndpoint =
            switch framing {
            case .mbap: .modbusTCP(host: "127.0.0.1", port: port)
            case .rtu, .ascii: .serialLine(path: serial, settings: SerialSettings(), framing: framing)
            }
        let replay: Replay
        do {
            replay = try Replay(exchanges, at: endpoint, time: SystemClock()) { frame in
                let bytes = frame.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
                let sentence = Sentence(BenchPhrase.notRecorded, bytes.joined(separator: " "))
                complain(StyledText(sentence.text(in: .ofThisCommand)))
            }
        } catch {
            complain(error)
            throw ExitCode.field
        }
        let sentence = Sentence(
            found.unit == nil ? BenchPhrase.replaying : .replayingUnit,
            found.device ?? found.profile,
            found.began,
            replay.place,
            "\(exchanges.count)",
            "\(found.unit ?? 0)"
        )
        show(sentence.text(in: .ofThisCommand))
        show("ready")
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        for await _ in signals { break }
        let played = replay.statistics
        replay.stop()
        let counts = Sentence(BenchPhrase.replayed, "\(played.answered)", "\(played.faulted)")
        show(counts.text(in: .ofThisCommand))
    }
}
