import HTTP
import NIOHTTP1
import PageParts
import Platform
import Questions
import Speech

extension PageRouter {
    /// What came of a question to a device; sent piece by piece, as a watch takes a minute.
    func question(_ page: PageRequest) -> Reply? {
        guard page.method == .POST, page.path.count == 2, page.path[0] == "ask", let questions = settings.questions
        else {
            return nil
        }
        let (pieces, piece) = LiveStream.makeStream()
        let (form, device, telling) = (page.form, page.path[1], page.telling)
        do throws(SystemError) {
            // A question blocks, so it has a thread of its own; it ends when the reader has gone.
            _ = try WorkerThread(name: "question") {
                questions.answer(form, of: device, telling: telling) { html in
                    if case .terminated = piece.yield(Array(html.text.utf8)) { return false }
                    return true
                }
                piece.finish()
            }
        } catch {
            return refusal(.serviceUnavailable, .nobody, page, "\(error)")
        }
        return Reply(type: "text/html; charset=utf-8", body: .stream(pieces))
    }
}
