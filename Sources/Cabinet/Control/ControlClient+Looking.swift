import Foundation

/// Questions that only look. A daemon of an earlier version knows none of them: `NotAnswer.isUnknownRequest`.
extension ControlClient {
    /// Values and figures of buses, step by step.
    public func history(_ request: HistoryRequest) throws -> History {
        try History(json: try ask(request.line, within: .seconds(10)))
    }
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
}
