import Diagnosing
import Domain
import Profiles
@testable import Speech

/// The tables of the documentation that say what a word means and what to check, in the words of the commands.
enum DocumentedTables {
    /// Every reason, in the order of the table; a test reports one that is missing.
    static let reasons: [Reason] =
        [.timeout, .noConnection, .port, .crc, .badFrame, .foreignReply, .distrusted]
        + (1...11).map { .exception($0) }
        + [
            .borrowed, .notSeen, .notInMessage, .offline, .decode, .notANumber, .tooLong, .invalid, .outOfRange,
            .condition, .torn, .retained, .unstable, .zone, .tiny, .lowHead, .counterReset, .counterGap, .deviceClock,
        ]

    private static let (place, host, words) = ("PATH", "HOST:502", "WORDS")
    private static let (one, two) = (UnitID(1), UnitID(2))
    private static let line = SerialSettings()
    private static let order = Finding.FittingOrder(point: "POINT", own: "-9.85e-39", order: .cdab, value: "36.6 m3/h")

    /// Every finding, as an example; a test reports one that is missing.
    static let findings: [Finding] =
        [
            .portMissing(place), .portLost(place), .portFailed(place, words: words), .portBusy(place),
            .portBusy(place, holder: "PROGRAM, PROCESS"),
            .noDescriptor(place), .noThread(place, words: words), .portForbidden(place),
        ]
        + [nil, true, false].map {
            .silent(.init(unit: two, asked: 2, path: place, settings: line, othersAnswer: $0))
        }
        + [
            .silentSometimes(two, unanswered: 3, of: 8),
            .silentLate(two, after: .milliseconds(250), allowed: .milliseconds(150)),
            .garbage("F8 00 83", line), .notModbusTCP(host, bytes: "F8 00 83"),
            .otherFraming(host, .mbap), .otherFraming(host, .rtu), .notSecured(host, words: words),
            .checksumsOfLong(wrong: 4, of: 5, shortWrong: 0, ofShort: 4), .checksums(two, wrong: 4, of: 9),
            .foreignReply(asked: two, answered: UnitID(9)), .twoReplies(two), .echo,
            .answersAsZero(host, asked: one), .otherTransaction(host),
        ]
        + (1...11).map { .exception($0, RegisterRange(.holding, start: 0, count: 2)) }
        + [.refusesAll(2, RegisterRange(.holding, start: 0, count: 2), requests: 4)]
        + [
            .refused(host), .unreachable(host, words: words), .unknownName(host), .noConnection(host), .mute(host, one),
            .muteSometimes(one, unanswered: 3, of: 8), .hungUp(host),
            .outOfRange(point: "POINT", value: "512 m3/h", least: "0 m3/h", greatest: "400 m3/h", order: nil),
            .headOutside(point: "POINT", level: "LEVEL", zero: "0.1 m"), .misordered(order), .tooGreat(order),
            .frozen(point: "POINT", reads: 14),
        ]
        + [.unreachable, .mute, .tls, .refused, .noRoom, .credentials, .notAllowed].map {
            .broker($0, address: "HOST:1883", detail: words)
        }
        + [false, true].map {
            .topicSilent(topics: ["TOPIC"], waited: .seconds(15), onlyRetained: $0, node: "NODE")
        }
        + [
            .offline(topic: "TOPIC"), .payloadShape(topic: "TOPIC", shape: "SHAPE", wanted: ["PATH.IN.IT"]),
            .notValid(point: "POINT", reason: .unstable),
            .condition(point: "POINT", vouching: "STATUS", value: "0x49", wanted: ["0x52"]),
        ]
        + streams.map { .text($0) }

    /// What is said about devices that send text.
    private static let streams: [StreamFinding] = [
        .silent(place: "PORT", waited: .seconds(15), settings: line),
        .silent(place: "HOST:4001", waited: .seconds(15), settings: nil),
        .unanswered(place: "PORT", word: "\"RW\\r\\n\"", asked: 3, settings: line),
        .noFrame(bytes: "F8 00 83", settings: line), .noFrame(bytes: "F8 00 83", settings: nil),
        .otherText("\"FRAME\""), .otherForm(frames: 20, example: "\"FRAME\"", at: 10, wanted: "\"kg\""),
        .otherForm(frames: 20, example: "\"FRAME\"", at: 10, wanted: ""),
        .noValue(frames: 20, example: "\"FRAME\"", point: "POINT", bytes: "\"0 3.17\""),
        .damaged(3, of: 20, example: "\"FRAME\"", settings: line), .sevenBits(frames: 20, settings: line),
        .gatewayListens(place: "PORT", holder: "gateway, 4242"), .refused("HOST:4001"),
    ]

    static var reasonTable: [String] {
        ["| reason | quality | meaning | look at |", "|---|---|---|---|"]
            + reasons.map { reason in
                "| `\(reason.word)` | \(reason.quality.rawValue) | \(cell(reason.meaning)) | "
                    + "\(cell(reason.check)) |"
            }
    }

    static func findingTable(in language: Language) -> [String] {
        let heads =
            language == .id
            ? "| kata | yang terlihat | langkah berikut |" : "| word | what was seen | what to check next |"
        return [heads, "|---|---|---|"]
            + findings.map { finding in
                let word = finding.diagnosis.map { "`\($0.rawValue)`" } ?? ""
                return "| \(word) | \(cell(finding.seen, language)) | \(cell(finding.next, language)) |"
            }
    }

    /// A bar would end the cell.
    private static func cell(_ sentence: Sentence, _ language: Language = .en) -> String {
        sentence.text(in: language).replacing("|", with: "\\|")
    }
}
