import Decoding
package import Domain
package import Modbus
import Normalizing
package import Profiles

/// What a device that sends text has said since the probe began to listen.
package struct StreamState: Sendable {
    package let target: ProbeTarget
    private var decoder: StreamDecoder
    private var normalizer: Normalizer
    private var samples: [Sample?]
    private var raw: [RawValue?]
    /// Everything that came, as far as it is kept.
    private var bytes: [UInt8] = []
    private var asked = 0
    private var latencies: [Duration] = []
    package private(set) var count = 0
    package private(set) var damaged = 0
    package private(set) var withValues = 0
    /// The last frames, and when each came.
    private var last: [HeardFrame] = []
    private var firstFlaw: StreamFrame?
    /// The word that the device was sent, and the frames, for a record.
    private var messages: [ReceivedMessage] = []

    /// More bytes than these say nothing new.
    private static let mostBytes = 8_192
    private static let mostFrames = 4
    private static let mostMessages = 100

    /// - Returns: nil for a profile that is no stream's.
    package init?(_ target: ProbeTarget) {
        guard let decoder = StreamDecoder(profile: target.profile) else { return nil }
        self.target = target
        self.decoder = decoder
        normalizer = Normalizer(points: target.profile.points)
        samples = Array(repeating: nil, count: target.profile.publicPoints.count)
        raw = Array(repeating: nil, count: target.profile.points.count)
    }

    /// The port was opened.
    package mutating func opened() { decoder.restart(isAligned: false) }

    /// The device was sent the profile's word.
    package mutating func wasAsked(_ word: [UInt8], at now: Instant) {
        asked += 1
        if asked == 1 {
            let text = ProfileText.written(word)
            messages.append(ReceivedMessage(at: now, topic: HeardFrame.question, isRetained: false, payload: text))
        }
        decoder.restart(isAligned: true)
    }

    package mutating func take(_ new: [UInt8], stamp: Stamp, latency: Duration?) {
        bytes += new.prefix(max(0, Self.mostBytes - bytes.count))
        let before = withValues
        take(decoder.take(new), stamp: stamp)
        if withValues > before, let latency { latencies.append(latency) }
    }

    package mutating func fellSilent(stamp: Stamp) { take(decoder.fellSilent(), stamp: stamp) }

    private mutating func take(_ frames: [StreamFrame], stamp: Stamp) {
        for frame in frames {
            count += 1
            let heard = HeardFrame(frame, at: stamp.time, form: form(frame))
            last.append(heard)
            if messages.count < Self.mostMessages { messages.append(heard.message) }
            if last.count > Self.mostFrames { last.removeFirst() }
            switch frame.outcome {
            case .nothing: break
            case .damaged:
                damaged += 1
                // What was torn says less than a frame of another form.
                if firstFlaw == nil || firstFlaw?.flaw == .unframed { firstFlaw = frame }
            case .values(let values):
                withValues += 1
                let new = normalizer.normalize(values, stamp: stamp)
                for (place, sample) in new.enumerated() where sample != nil { samples[place] = sample }
                for (place, value) in values.enumerated() where value != nil { raw[place] = value }
            }
        }
    }

    private func form(_ frame: StreamFrame) -> String? {
        frame.form.flatMap { target.profile.stream?.frames[$0].name }
    }

    // MARK: The report

    /// - Parameters:
    ///   - endpoint: where the probe listened.
    ///   - waited: for how long.
    ///   - profiles: others, one of which may fit what came.
    package func report(at endpoint: StreamEndpoint, waited: Duration, among profiles: [Profile]) -> DeviceReport {
        var report = DeviceReport(target: target)
        if withValues > 0 {
            report.samples = samples
            report.raw = raw
        }
        report.hasListened = true
        report.latency = latencies.isEmpty ? nil : latencies.sorted()[latencies.count / 2]
        report.heard = HeardStream(frames: count, damaged: damaged, last: last)
        report.messages = messages
        report.finding = finding(at: endpoint, waited: waited).map { .text($0) }
        if report.finding == nil { report.finding = report.findingOfBadPoint }
        if withValues == 0, !bytes.isEmpty {
            report.likeness = StreamMatch.best(of: bytes, among: profiles.filter { $0.id != target.profile.id })
        }
        return report
    }

    private func finding(at endpoint: StreamEndpoint, waited: Duration) -> StreamFinding? {
        let settings = endpoint.serialSettings
        if bytes.isEmpty {
            guard let word = target.profile.stream?.ask else {
                return .silent(place: endpoint.place, waited: waited, settings: settings)
            }
            return .unanswered(
                place: endpoint.place,
                word: ProfileText.written(word),
                asked: asked,
                settings: settings
            )
        }
        guard damaged > 0 || withValues == 0 else { return nil }
        if withValues == 0, fitsWithSevenBits { return .sevenBits(frames: count, settings: settings) }
        guard let firstFlaw else {
            // Frames that say nothing are well; nothing but a frame's part is not.
            return count > 0 ? nil : unframed(settings)
        }
        let example = ProfileText.written(Array(firstFlaw.bytes.prefix(40)))
        if withValues == 0 {
            switch firstFlaw.flaw {
            case .pattern(let place, let wanted):
                return .otherForm(
                    frames: damaged,
                    example: example,
                    at: place,
                    wanted: wanted.isEmpty ? "" : ProfileText.written(wanted)
                )
            case .value(let point, let bytes):
                return .noValue(frames: damaged, example: example, point: point, bytes: ProfileText.written(bytes))
            case .unframed: return unframed(settings)
            default: break
            }
        }
        return .damaged(damaged, of: count, example: example, settings: settings)
    }

    /// Text of another form is no matter of the baud rate; other bytes are.
    private func unframed(_ settings: SerialSettings?) -> StreamFinding {
        let text = bytes.count { (0x20..<0x7F).contains($0) || [0x02, 0x03, 0x0A, 0x0D].contains($0) }
        if text * 10 >= bytes.count * 9 { return .otherText(ProfileText.written(Array(bytes.prefix(40)))) }
        return .noFrame(bytes: Self.hex(bytes.prefix(16)), settings: settings)
    }

    /// Whether the frames are right without the eighth bit of each byte, as of a line with seven bits and a parity.
    private var fitsWithSevenBits: Bool {
        guard bytes.contains(where: { $0 > 0x7F }), var decoder = StreamDecoder(profile: target.profile) else {
            return false
        }
        return decoder.take(bytes.map { $0 & 0x7F }).contains { $0.values != nil }
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    }
}

/// A frame as it came, for people.
package struct HeardFrame: Hashable, Sendable {
    /// What stands in a record in place of a frame's name for the word that the device was sent.
    package static let question = "asked"

    package var at: Instant
    /// The frame's name in the profile; nil for bytes that are no frame of it.
    package var form: String?
    package var bytes: [UInt8]

    init(_ frame: StreamFrame, at: Instant, form: String?) {
        self.at = at
        self.form = form
        bytes = Array(frame.bytes.prefix(64))
    }

    /// As a profile writes it: `"ww0003.17kg\r\n"`.
    package var text: String { ProfileText.written(bytes) }

    package var hex: String { StreamState.hex(bytes) }

    /// For a record, which keeps what came.
    var message: ReceivedMessage {
        ReceivedMessage(at: at, topic: form ?? "-", isRetained: false, payload: text)
    }
}

/// What was heard on a line of text.
package struct HeardStream: Hashable, Sendable {
    package var frames: Int
    package var damaged: Int
    package var last: [HeardFrame]
}

/// Finds the profiles that fit what was heard on a line of text.
package enum StreamMatch {
    /// Returns the profile with most right frames among what came; nil where none has two, and most of them right.
    package static func best(of bytes: [UInt8], among profiles: [Profile]) -> ProfileMatch? {
        all(of: bytes, among: profiles).first
    }

    /// Returns the profiles that fit, the best first. A checksum that is right again and again is no chance; without
    /// one the form alone speaks for a profile.
    package static func all(of bytes: [UInt8], among profiles: [Profile]) -> [ProfileMatch] {
        let matches = profiles.compactMap { profile -> (match: ProfileMatch, hasChecksum: Bool)? in
            guard var decoder = StreamDecoder(profile: profile), let access = profile.stream else { return nil }
            let frames = decoder.take(bytes)
            let right = frames.count { $0.values != nil }
            guard right >= 2, right * 2 > frames.count else { return nil }
            let share = Double(right) / Double(frames.count)
            return (ProfileMatch(profile: profile.id, score: share), access.checksum != nil)
        }
        return matches.sorted { a, b in
            a.hasChecksum != b.hasChecksum ? a.hasChecksum : a.match.score > b.match.score
        }.map(\.match)
    }
}

extension Finding {
    /// Why a port or a connection for text could not be opened.
    package init(opening error: ModbusError) {
        if error.kind == .tcpRefused {
            self = .text(.refused(error.endpoint.place))
        } else {
            self = Diagnoser.bus(error)
        }
    }
}
