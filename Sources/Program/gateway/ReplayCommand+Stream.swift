import ArgumentParser
import Commands
import Diagnosing
import Domain
import Platform
import Profiles
import Records
import Simulation
import Speech
import UnixSignals

/// Plays what was recorded of a device that sends text.
extension ReplayCommand {
    func play(_ record: CommissioningRecord, _ file: String) async throws {
        let messages = record.messages ?? []
        let question = messages.first { $0.topic == HeardFrame.question }
        let ask = question.flatMap { ProfileText.bytes(written: $0.payload) }
        let frames = messages.filter { $0.topic != HeardFrame.question }
            .compactMap { ProfileText.bytes(written: $0.payload) }
        guard !frames.isEmpty else {
            complain(BenchPhrase.noFrames, file)
            throw ExitCode.wrongUse
        }
        let replay: StreamReplay
        do {
            let endpoint = StreamEndpoint.serial(path: serial, settings: SerialSettings())
            replay = try StreamReplay(frames, ask: ask, at: endpoint, time: SystemClock())
        } catch {
            complain(error)
            throw ExitCode.field
        }
        let sentence = Sentence(
            BenchPhrase.replayingText,
            record.device ?? record.profile,
            record.began,
            replay.place,
            "\(frames.count)"
        )
        show(sentence.text(in: .ofThisCommand))
        show("ready")
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        for await _ in signals { break }
        replay.stop()
    }
}
