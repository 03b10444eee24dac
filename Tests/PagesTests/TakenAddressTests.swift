import Glibc
import HTTP
import Installation
import Platform
import Speech
import TestSupport
import Testing

@Suite struct `An address at which nothing can be served` {
    private struct Nobody: HTTPAnswering {
        func answer(_ request: PageRequest) async -> Reply { .json([]) }
    }

    /// The HTTP library's own words had a loose bracket and the name of a function.
    @Test func `is known by the system's number`() async throws {
        let other = FullListener()
        defer { other.close() }
        let server = HTTPServer(
            .init(listen: try #require(ListenAddress("127.0.0.1:\(other.port)"))),
            time: SystemClock(),
            router: Nobody()
        )
        var code: Int32?
        do {
            try await server.run { _ in }
        } catch let error as SystemError {
            code = error.code
        }
        #expect(code == EADDRINUSE)
    }

    @Test func `is said with what to do`() {
        func said(_ isTaken: Bool, _ words: String, in language: Language) -> String {
            PageStartPhrase.unserved(at: "127.0.0.1:8080", isTaken: isTaken, words: words, key: "page.listen")
                .text(in: language)
        }
        let taken = "Address already in use"
        #expect(
            said(true, taken, in: .en)
                == "127.0.0.1:8080 is in use by another program; name another address in page.listen, or stop that "
                + "program (`sudo ss -ltnp` shows which it is)"
        )
        #expect(said(true, taken, in: .id).hasPrefix("127.0.0.1:8080 sedang dipakai program lain; sebutkan"))
        let refused = "Permission denied"
        #expect(said(false, refused, in: .en).hasPrefix("the pages cannot be served on 127.0.0.1:8080: \(refused);"))
        #expect(said(false, refused, in: .id).contains(": tidak punya izin; sebutkan alamat lain di page.listen"))
    }
}
