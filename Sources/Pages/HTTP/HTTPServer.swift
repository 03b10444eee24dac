package import Domain
package import Installation
import NIOCore
import NIOHTTP1
import NIOPosix
import Platform
package import Speech
import Synchronization

/// Makes the answers of an `HTTPServer`.
package protocol HTTPAnswering: Sendable {
    func answer(_ request: PageRequest) async -> Reply
}

/// An HTTP server with places, time limits and the headers that keep other pages and hosts out.
package final class HTTPServer: Sendable {
    private typealias Client = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>
    private typealias Listener = NIOAsyncChannel<Client, Never>

    /// How it is set up.
    package struct Settings: Sendable {
        /// Where to listen: an address of this machine and a port.
        package var listen: ListenAddress
        /// The language of readers who ask for neither.
        package var language: Language
        /// The server of map tiles, the one other host that a page may load pictures from; nil for none.
        package var tiles: String?

        package init(listen: ListenAddress, language: Language = .id, tiles: String? = nil) {
            self.listen = listen
            self.language = language
            self.tiles = tiles
        }
    }

    private let settings: Settings
    private let inherited: Int32?
    private let time: any TimeSource
    private let router: any HTTPAnswering
    private let places: Mutex<ConnectionPlaces>
    /// By their numbers: to close one, from any thread.
    private let channels = Mutex<[Int: any Channel]>([:])

    /// - Parameters:
    ///   - inherited: a listening socket that the service manager passed on; nil: the server listens itself.
    ///   - router: answers each request.
    package init(
        _ settings: Settings,
        inherited: Int32? = nil,
        time: any TimeSource,
        router: any HTTPAnswering
    ) {
        self.settings = settings
        self.inherited = inherited
        self.time = time
        self.router = router
        places = Mutex(ConnectionPlaces(now: time.uptime()))
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameters:
    ///   - idleEnd: how long nobody may be connected until it ends by itself; nil: it never does.
    ///   - ready: called with the port, once it listens.
    /// - Throws: a `SystemError` where the address cannot be used.
    package func run(idleEnd: Duration? = nil, ready: @escaping @Sendable (Int) -> Void) async throws {
        let listener = try await listening()
        ready(listener.channel.localAddress?.port ?? Int(settings.listen.port))
        try await withThrowingTaskGroup { group in
            group.addTask { try await self.serve(listener) }
            group.addTask { try await self.watch(until: idleEnd) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func listening() async throws -> Listener {
        do {
            return try await listener()
        } catch let error as IOError {
            throw SystemError(code: error.errnoCode, operation: "listen", subject: "\(settings.listen)")
        }
    }

    private func listener() async throws -> Listener {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        let prepare: @Sendable (any Channel) -> EventLoopFuture<Client> = { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                    withErrorHandling: true,
                    withEncoderConfiguration: .init(),
                    withDecoderLimitConfiguration: Self.limits
                )
                return try Client(wrappingChannelSynchronously: channel)
            }
        }
        if let inherited { return try await bootstrap.bind(inherited, childChannelInitializer: prepare) }
        let place = (settings.listen.host, Int(settings.listen.port))
        return try await bootstrap.bind(host: place.0, port: place.1, childChannelInitializer: prepare)
    }

    /// No browser of our readers sends more; the library answers 400 or 431 and closes.
    private static var limits: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 8 * 1_024
        limits.maxHeaderListSize = 16 * 1_024
        limits.maxHeaderFieldCount = 100
        return limits
    }

    private func serve(_ listener: Listener) async throws {
        try await listener.executeThenClose { clients in
            try await withThrowingDiscardingTaskGroup { group in
                for try await client in clients {
                    group.addTask { await self.serve(client) }
                }
            }
        }
    }

    /// Ends connections whose time is over; returns when nobody has been there for long enough.
    private func watch(until idleEnd: Duration?) async throws {
        while true {
            try await Task.sleep(for: .seconds(1))
            let now = time.uptime()
            let (late, idle) = places.withLock { ($0.late(now: now), $0.idle(now: now)) }
            for number in late { end(number) }
            if let idleEnd, let idle, idle >= idleEnd { return }
        }
    }

    private func end(_ number: Int) { channels.withLock { $0[number] }?.close(promise: nil) }

    // MARK: One connection

    private func serve(_ client: Client) async {
        let peer = client.channel.remoteAddress?.ipAddress ?? ""
        // In one step, so that whoever is to leave at once for another is found.
        let (number, leaver) = places.withLock { places in
            let entered = places.enter(from: peer, now: time.uptime())
            channels.withLock { $0[entered.number] = client.channel }
            return entered
        }
        defer {
            channels.withLock { $0[number] = nil }
            places.withLock { $0.leave(number, now: time.uptime()) }
        }
        if let leaver { end(leaver) }
        // A client that breaks off, or that a limit has ended, leaves nothing to do.
        try? await client.executeThenClose { inbound, outbound in
            var head: HTTPRequestHead?
            var body: [UInt8] = []
            for try await part in inbound {
                switch part {
                case .head(let new):
                    head = new
                    body = []
                case .body(let bytes):
                    guard body.count + bytes.readableBytes <= PageRequest.longestForm else {
                        return try await refuse(.payloadTooLarge, outbound)
                    }
                    body += bytes.readableBytesView
                case .end:
                    guard let request = head else { return }
                    head = nil
                    places.withLock { $0.note(.answering, of: number) }
                    let page = PageRequest(request, body: body, peer: peer, language: settings.language)
                    try await send(await router.answer(page), to: request, number, outbound)
                    if !request.isKeepAlive { return }
                    places.withLock { $0.note(.asking(since: time.uptime()), of: number) }
                }
            }
        }
    }

    private func send(
        _ reply: Reply,
        to request: HTTPRequestHead,
        _ number: Int,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws {
        var head = HTTPResponseHead(version: request.version, status: reply.status)
        head.headers = reply.fields(tiles: settings.tiles)
        if !request.isKeepAlive { head.headers.replaceOrAdd(name: "Connection", value: "close") }
        switch reply.body {
        case _ where request.method == .HEAD:
            try await taking(number) { try await outbound.write(contentsOf: [.head(head), .end(nil)]) }
        case .bytes(let bytes):
            let parts: [HTTPServerResponsePart] = [
                .head(head), .body(.byteBuffer(ByteBuffer(bytes: bytes))), .end(nil),
            ]
            try await taking(number) { try await outbound.write(contentsOf: parts) }
        case .stream(let stream):
            try await taking(number) { try await outbound.write(.head(head)) }
            for try await piece in stream {
                try await taking(number) { try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: piece)))) }
            }
            try await taking(number) { try await outbound.write(.end(nil)) }
        }
    }

    /// Writes; the client's time to take it is bounded.
    private func taking(_ number: Int, _ write: () async throws -> Void) async throws {
        places.withLock { $0.note(.taking(since: time.uptime()), of: number) }
        try await write()
        places.withLock { $0.note(.answering, of: number) }
    }

    private func refuse(
        _ status: HTTPResponseStatus,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws {
        let head = HTTPResponseHead(
            version: .http1_1,
            status: status,
            headers: ["Content-Length": "0", "Connection": "close"]
        )
        try await outbound.write(contentsOf: [.head(head), .end(nil)])
    }
}
