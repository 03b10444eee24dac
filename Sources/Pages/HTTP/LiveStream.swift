import Synchronization

/// Pieces of text that are made while somebody reads them; the last reader's end ends them.
package typealias LiveStream = AsyncThrowingStream<[UInt8], any Error>

/// How many may follow live values at the same time.
package final class LiveSeats: Sendable {
    /// A place; it is free again when the stream that holds it is gone.
    package final class Seat: Sendable {
        private let seats: LiveSeats

        fileprivate init(_ seats: LiveSeats) { self.seats = seats }

        deinit { seats.taken.withLock { $0 -= 1 } }
    }

    private let most: Int
    private let taken = Mutex(0)

    package init(_ most: Int) { self.most = most }

    /// - Returns: nil when all are taken.
    package func take() -> Seat? {
        let isFree = taken.withLock { taken in
            guard taken < most else { return false }
            taken += 1
            return true
        }
        return isFree ? Seat(self) : nil
    }
}
