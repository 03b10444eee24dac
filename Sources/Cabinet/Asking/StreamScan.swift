package import Diagnosing
package import Domain
import Glibc
import Modbus
package import Profiles

/// Listens on a serial port for text that nobody asked for, in the settings that indicators have.
package struct StreamScan {
    /// What was heard.
    package enum Find: Hashable, Sendable {
        /// Profiles that fit, the best first, and the settings in which they do.
        case fits(SerialSettings, profiles: [ProfileMatch], example: String)
        /// Text that no profile fits: its beginning.
        case unknown(SerialSettings, example: String)
    }

    private let path: String
    private let profiles: [Profile]
    private let time: any TimeSource
    private let isStopping: () -> Bool

    /// A device that sends by itself sends something in this time; most send ten times.
    private static let listening = Duration.milliseconds(1_200)

    package init(
        path: String,
        profiles: [Profile],
        time: any TimeSource,
        isStopping: @escaping () -> Bool = { false }
    ) {
        self.path = path
        self.profiles = profiles.filter { $0.stream?.ask == nil && $0.stream != nil }
        self.time = time
        self.isStopping = isStopping
    }

    /// The settings of indicators, the commonest first.
    package static let usual: [SerialSettings] = [
        SerialSettings(baud: 9_600), SerialSettings(baud: 2_400, parity: .even, dataBits: 7),
        SerialSettings(baud: 4_800), SerialSettings(baud: 9_600, parity: .even, dataBits: 7),
        SerialSettings(baud: 2_400), SerialSettings(baud: 1_200), SerialSettings(baud: 19_200),
        SerialSettings(baud: 4_800, parity: .even, dataBits: 7), SerialSettings(baud: 38_400),
        SerialSettings(baud: 57_600), SerialSettings(baud: 115_200), SerialSettings(baud: 600),
    ]

    /// Listens for a moment; only where something comes, in the other settings too.
    ///
    /// - Returns: nil where nothing comes by itself, or no text, or the port cannot be opened.
    package func run(_ settings: [SerialSettings] = Self.usual) -> Find? {
        var unknown: Find?
        for (index, settings) in settings.enumerated() where !isStopping() {
            guard let bytes = heard(settings) else { return nil }
            if bytes.isEmpty {
                // Wrong settings make other bytes of what comes, but not silence.
                if index == 0 { return nil }
                continue
            }
            let matches = StreamMatch.all(of: bytes, among: profiles)
            let example = ProfileText.written(Array(bytes.prefix(40)))
            if !matches.isEmpty { return .fits(settings, profiles: matches, example: example) }
            if unknown == nil, Self.isText(bytes) { unknown = .unknown(settings, example: example) }
        }
        return unknown
    }

    private static func isText(_ bytes: [UInt8]) -> Bool {
        let text = bytes.count { (0x20..<0x7F).contains($0) || [0x02, 0x03, 0x0A, 0x0D].contains($0) }
        return bytes.count >= 8 && text * 20 >= bytes.count * 19
    }

    /// What comes in those settings; nil where the port cannot be used.
    private func heard(_ settings: SerialSettings) -> [UInt8]? {
        do throws(ModbusError.Kind) {
            let port = try StreamPort.open(.serial(path: path, settings: settings), time: time)
            let deadline = time.uptime() + Self.listening
            var bytes: [UInt8] = []
            while !isStopping(), bytes.count < 2_048 {
                let left = (deadline - time.uptime()).wholeMilliseconds
                guard left > 0 else { break }
                var waited = pollfd(fd: port.descriptor, events: Int16(POLLIN), revents: 0)
                if poll(&waited, 1, Int32(clamping: min(left, 200))) > 0 { bytes += try port.read() }
            }
            return bytes
        } catch {
            // The scan for units says what is wrong with the port.
            return nil
        }
    }
}
