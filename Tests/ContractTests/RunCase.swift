import Foundation
import Testing

/// Events that only the program itself makes: they are taken from the run between a field and a broker, with
/// run-specific text replaced.
struct RunCase: CustomTestStringConvertible, Sendable {
    /// The golden file.
    let name: String
    /// Words that are in its payload and in no earlier one of the run.
    private let words: [String]

    private init(_ name: String, _ words: String...) { (self.name, self.words) = ("gateway-event/" + name, words) }

    var testDescription: String { name }

    static let all = [
        RunCase("start-first", #""event":"start""#, #""id":"kdr-soyo-01.1-"#),
        RunCase("start-after-an-end-in-order", #""event":"start""#, #""clean":true"#),
        RunCase("start-after-a-kill", #""event":"start""#, #""clean":false"#),
        RunCase("stop-asked", #""event":"stop""#, #""reason":"asked""#),
        RunCase("stop-configuration", #""event":"stop""#, #""reason":"configuration""#),
        RunCase("configuration-accepted", #""event":"configuration""#, #""accepted":true"#),
        RunCase("configuration-refused", #""event":"configuration""#, #""accepted":false"#),
        RunCase("moved", #""event":"moved""#),
        RunCase("device-down-modbus", #""event":"device_down""#, #""device":"probe""#),
        RunCase("device-down-mqtt", #""event":"device_down""#, #""reason":"offline""#),
        RunCase("device-up", #""event":"device_up""#, #""device":"probe""#),
    ]

    /// Returns the first payload of the run with these words.
    func payload(among heard: [FieldRun.Heard]) throws -> [UInt8] {
        guard let found = heard.first(where: { message in words.allSatisfy { message.payload.contains($0) } }) else {
            throw Missing(words: "\(words)")
        }
        let steady = Self.ofTheRun.reduce(found.payload) { text, part in
            text.replacingOccurrences(of: part.pattern, with: part.steady, options: .regularExpression)
        }
        return Array(steady.utf8)
    }

    /// Text that differs in every run, and its replacement in the golden files.
    private static let ofTheRun: [(pattern: String, steady: String)] = [
        (#""id":"[^"]*""#, #""id":"kdr-soyo-01.7-3f2a9c1d.1234567""#),
        (#""epoch":"[^"]*""#, #""epoch":"7-3f2a9c1d""#), (#""seq":[0-9]+"#, #""seq":1234567"#),
        (#""time":"[^"]*""#, #""time":"2026-11-21T09:18:09.944Z""#), (#""historical":true,"#, ""),
        (#""version":"[^"]*""#, #""version":"0.1.0""#),
        (#""configuration":"[^"]*""#, #""configuration":"1a68579fe5ac6e8c-07d1a5d0b6fb8a6c""#),
        (#""committed_through":[0-9]+"#, #""committed_through":83"#), (#"127\.0\.0\.1:[0-9]+"#, "127.0.0.1:502"),
    ]
}
