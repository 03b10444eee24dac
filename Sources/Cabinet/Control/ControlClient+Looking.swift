import Foundation

/// Questions that only look. A daemon of an earlier version knows none of them: `NotAnswer.isUnknownRequest`.
extension ControlClient {
    /// Values and figures of buses, step by step.
    public func history(_ request: HistoryRequest) throws -> History {
        try History(json: try ask(request.line, within: .seconds(10)))
    }

    /// The newest events, the newest first.
    public func events() throws -> RecentEvents { try RecentEvents(json: try ask(ControlRequest.events)) }

    /// Figures with the windows before theirs. Many windows of many figures take seconds.
    public func figures(_ request: FigureRequest) throws -> FigureReport {
        try FigureReport(json: try ask(request.line, within: .seconds(30)))
    }

    /// The configuration that the daemon runs with, as it was read.
    public func configurationText() throws -> ConfigurationText {
        try ConfigurationText(json: try ask(ControlRequest.configuration))
    }
}

extension FigureRequest {
    /// The request's line of text.
    public var line: String { ControlRequest.line(ControlRequest.figures, self) }

    /// - Parameter json: what follows the word; nil when it is no request.
    public init?(json: String) {
        guard let request: Self = ControlRequest.read(json), (0...Self.mostBefore).contains(request.before) else {
            return nil
        }
        self = request
    }

    /// The most windows before the open one: a year of days.
    public static let mostBefore = 366
}

extension HistoryRequest {
    /// The request's line of text.
    public var line: String { ControlRequest.line(ControlRequest.history, self) }

    /// - Parameter json: what follows the word; nil when it is no request.
    public init?(json: String) {
        guard let request: Self = ControlRequest.read(json) else { return nil }
        self = request
    }
}

extension ControlRequest {
    /// A word and a request as JSON.
    static func line(_ word: String, _ request: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Encoding our own values cannot fail; if it ever does, the daemon answers that this is no request.
        let json = (try? encoder.encode(request)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return word + " " + json
    }

    static func read<Request: Decodable>(_ json: String) -> Request? {
        // Whatever is wrong with the text, the client gets the answer that it is no request.
        try? JSONDecoder().decode(Request.self, from: Data(json.utf8))
    }

    /// An answer as one line of text.
    static func answer(_ answer: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Encoding our own values cannot fail; if it ever does, the client says that this is no answer.
        return (try? encoder.encode(answer)).map { Array($0) } ?? []
    }

    static func readAnswer<Answer: Decodable>(_ json: [UInt8]) throws(NotAnswer) -> Answer {
        do { return try JSONDecoder().decode(Answer.self, from: Data(json)) } catch { throw NotAnswer(json) }
    }
}
