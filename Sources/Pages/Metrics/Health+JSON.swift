import Foundation

extension Health {
    /// One JSON object: `{"status":"degraded","reasons":[{"word":"...","text":"..."}]}`.
    public var json: [UInt8] {
        struct Spoken: Encodable {
            var word: String
            var text: String
        }
        struct Body: Encodable {
            var status: String
            var reasons: [Spoken]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = Body(status: state.rawValue, reasons: reasons.map { Spoken(word: $0.word, text: $0.text) })
        // Encoding our own texts cannot fail.
        return (try? encoder.encode(body)).map { Array($0) } ?? []
    }
}
