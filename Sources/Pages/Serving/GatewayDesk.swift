package import Control
import Dispatch
package import Domain
import HTTP
import Platform
import Synchronization

/// What the pages ask of the running gateway, over its reading socket. Readers share the answers, so that any number of
/// them costs the gateway one question a second.
package final class GatewayDesk: Sendable {
    private let statuses: Shared<Int, SystemStatus>
    private let histories: Shared<HistoryRequest, History>
    private let figureReports: Shared<FigureRequest, FigureReport>
    private let eventLists: Shared<Int, RecentEvents>
    private let figuresAsked = Mutex(0)
    private static let mostWaiting = 32
    private static let figureQueue = DispatchQueue(label: "figures")
    private let configurations: Shared<Int, ConfigurationText>

    /// - Parameter socket: the asking socket's path; the reading one stands beside it.
    package init(socket: String, time: any TimeSource) {
        statuses = Shared(for: .milliseconds(900), time: time) { _ in try await Self.ask(socket) { try $0.status() } }
        histories = Shared(for: .seconds(10), most: 16, time: time) { request in
            try await Self.ask(socket) { try $0.history(request) }
        }
        figureReports = Shared(for: .seconds(10), most: 16, time: time) { request in
            // A year of figures takes the gateway a second: one such question at a time.
            try await Self.ask(socket, on: Self.figureQueue) { try $0.figures(request) }
        }
        eventLists = Shared(for: .seconds(2), time: time) { _ in try await Self.ask(socket) { try $0.events() } }
        configurations = Shared(for: .seconds(5), time: time) { _ in
            try await Self.ask(socket) { try $0.configurationText() }
        }
    }

    package func status() async throws -> SystemStatus { try await statuses.answer(to: 0) }

    package func history(_ request: HistoryRequest) async throws -> History { try await histories.answer(to: request) }

    /// - Throws: `Busy` where too many different questions wait.
    package func figures(_ request: FigureRequest) async throws -> FigureReport {
        let waiting = figuresAsked.withLock { asked in
            asked += 1
            return asked
        }
        defer { figuresAsked.withLock { $0 -= 1 } }
        guard waiting <= Self.mostWaiting else { throw Busy() }
        return try await figureReports.answer(to: request)
    }

    /// Too many readers wait for figures.
    package struct Busy: Error {}

    package func events() async throws -> RecentEvents { try await eventLists.answer(to: 0) }

    package func configuration() async throws -> ConfigurationText { try await configurations.answer(to: 0) }

    /// Asks on a thread that may wait; the pool's threads never do.
    private static func ask<Answer: Sendable>(
        _ socket: String,
        on queue: DispatchQueue = .global(),
        _ question: @escaping @Sendable (ControlClient) throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(with: Result { try question(ControlClient(lookingAt: socket)) })
            }
        }
    }
}
