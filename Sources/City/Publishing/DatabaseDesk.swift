import NIOPosix
public import Store
import Synchronization

/// Asks the database for readers. Every question runs in a read-only transaction with a time limit, on a thread of its
/// own, so that a slow one keeps nobody's connection to this server waiting.
public final class DatabaseDesk: Sendable {
    /// Too many questions wait.
    struct Busy: Error {}

    /// A connection that waits for the next question.
    private struct Resting: @unchecked Sendable {  // one thread has it at a time: the shelf gives it away, or has it
        let database: Postgres
    }

    private static let threads = 2
    private static let mostWaiting = 32
    /// How long the database works on one question; milliseconds.
    private static let limit = 10_000

    private let connect: @Sendable () throws(StoreError) -> Postgres
    private let pool = NIOThreadPool(numberOfThreads: threads)
    private let shelf = Mutex<[Resting]>([])
    private let asked = Mutex(0)

    /// - Parameter connect: makes a connection; called again after one has broken.
    public init(connect: @escaping @Sendable () throws(StoreError) -> Postgres) {
        self.connect = connect
        pool.start()
    }

    deinit { pool.shutdownGracefully { _ in } }

    /// - Throws: `StoreError`, or `Busy`.
    func ask<Answer: Sendable>(
        _ question: @escaping @Sendable (Postgres) throws(StoreError) -> Answer
    ) async throws -> Answer {
        let waiting = asked.withLock { asked in
            asked += 1
            return asked
        }
        defer { asked.withLock { $0 -= 1 } }
        guard waiting <= Self.mostWaiting else { throw Busy() }
        return try await pool.runIfActive { [self] in try answer(question) }
    }

    private func answer<Answer>(_ question: (Postgres) throws(StoreError) -> Answer) throws(StoreError) -> Answer {
        let resting = shelf.withLock { $0.popLast() }
        if let resting {
            do throws(StoreError) {
                return try answer(question, on: resting.database)
            } catch {
                // A connection that has rested may be gone: the database was restarted.
                guard error.kind == .unreachable else { throw error }
            }
        }
        return try answer(question, on: connect())
    }

    private func answer<Answer>(
        _ question: (Postgres) throws(StoreError) -> Answer,
        on database: Postgres
    ) throws(StoreError) -> Answer {
        do throws(StoreError) {
            let answer = try database.transaction { () throws(StoreError) in
                try database.run("set transaction read only; set local statement_timeout = \(Self.limit)")
                return try question(database)
            }
            rest(database)
            return answer
        } catch {
            if error.kind != .unreachable { rest(database) }
            throw error
        }
    }

    private func rest(_ database: Postgres) {
        shelf.withLock { $0.append(Resting(database: database)) }
    }
}
