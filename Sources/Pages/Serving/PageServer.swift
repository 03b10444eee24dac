package import Domain
import HTTP

/// The pages' HTTP server.
package struct PageServer: Sendable {
    private let server: HTTPServer

    /// - Parameter inherited: a listening socket that the service manager passed on; nil: the server listens itself.
    package init(_ settings: ServingSettings, inherited: Int32? = nil, time: any TimeSource) {
        server = HTTPServer(
            .init(listen: settings.listen, language: settings.language, tiles: settings.tiles),
            inherited: inherited,
            time: time,
            router: PageRouter(settings, time: time)
        )
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameters:
    ///   - idleEnd: how long nobody may be connected until it ends by itself; nil: it never does.
    ///   - ready: called with the port, once it listens.
    /// - Throws: a `SystemError` where the address cannot be used.
    package func run(idleEnd: Duration? = nil, ready: @escaping @Sendable (Int) -> Void) async throws {
        try await server.run(idleEnd: idleEnd, ready: ready)
    }
}
