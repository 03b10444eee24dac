import Domain
import JSON
import PageParts
import Synchronization

/// What one reader has of a page; it finds what changed since.
final class LiveParts: Sendable {
    private let sent = Mutex<[String: HTML]>([:])

    /// An event with the parts that are new, as a JSON object of HTML by id. Where nothing is new, an event says so: it
    /// tells a quiet box from a connection that hangs.
    func event(_ parts: [(id: String, html: HTML)]) -> [UInt8] {
        let new = sent.withLock { sent in
            let new = parts.filter { sent[$0.id] != $0.html }
            for part in new { sent[part.id] = part.html }
            return new
        }
        guard !new.isEmpty else { return Array("event: same\ndata: \n\n".utf8) }
        var text = JSONText()
        text.object(new.map { ($0.id, .string($0.html.text)) })
        return Array("data: ".utf8) + text.bytes + Array("\n\n".utf8)
    }
}
