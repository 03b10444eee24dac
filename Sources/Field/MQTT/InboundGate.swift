import CMosquitto
import Glibc

/// The gate between a broker's bytes and libmosquitto: only whole packets that `InboundRules` accepts reach the
/// library.
///
/// It reads the connection in large pieces, so the library's reads of a byte or two cost no system call. Its memory is
/// bounded by one packet of the largest size and one piece; the size in a header reserves none.
///
/// Confined to the session's thread, as the connection is; the library calls `take` inside `mosquitto_loop_read`.
final class InboundGate {
    /// Why nothing more of the connection may pass.
    enum Flaw {
        case violation(String)
        /// A packet is too large by its header; with the topic where it is a PUBLISH.
        case tooLarge(size: Int, topic: String?)
    }

    private static let pieceSize = 16 * 1_024
    /// One turn reads this much; then other members have theirs.
    private static let turnSize = 16 * pieceSize

    private(set) var flaw: Flaw?
    var rules: InboundRules
    private let largestPacket: Int
    private let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 1)
    private var buffer: [UInt8] = []
    /// The position of the next byte for the library.
    private var start = 0
    /// The end of what may pass: a whole number of packets.
    private var end = 0
    private var readInTurn = 0
    /// Bytes that the connection has delivered; clear text with TLS.
    private(set) var received: Int64 = 0
    /// The connection delivered all that it had.
    private var isDry = true
    /// Whether nothing passes after the CONNACK until `resume`.
    private var pausesAfterWelcome = false
    private var isPaused = false

    /// - Parameter largestPacket: bytes of a packet's body.
    init(version: MQTTVersion, largestPacket: Int) {
        rules = InboundRules(version: version)
        self.largestPacket = largestPacket
    }

    deinit { piece.deallocate() }

    /// Whether the library should read again in this turn. A poll of the socket does not show what OpenSSL holds back.
    var hasWork: Bool { hasPacket || !(isDry || isTurnOver || isPaused) }

    /// Whether the turn ended though the connection may have more.
    var isTurnOver: Bool { readInTurn >= Self.turnSize }

    private var hasPacket: Bool { start < end }

    /// Keeps what comes after the CONNACK until `resume`: the library would answer it before anything else is sent.
    func pauseAfterWelcome() { pausesAfterWelcome = true }

    func resume() {
        pausesAfterWelcome = false
        isPaused = false
        check()
    }

    func beginTurn() {
        readInTurn = 0
        isDry = true
    }

    /// Lets the library read one round of the bytes that may pass.
    ///
    /// - Parameter socket: -1 for a connection over TLS.
    /// - Returns: the library's result; errno is as the library left it.
    func read(for library: OpaquePointer, socket: Int32) -> Int32 {
        var gate = cmosquitto_gate(
            // Unretained: the call ends before this method does.
            context: Unmanaged.passUnretained(self).toOpaque(),
            socket: socket,
            take: { context, source, target, size in
                guard let context, let target else { return 0 }
                let gate = Unmanaged<InboundGate>.fromOpaque(context).takeUnretainedValue()
                return gate.take(UnsafeMutableRawBufferPointer(start: target, count: size), from: source)
            }
        )
        return withUnsafePointer(to: &gate) { pointer in
            self.connection = pointer
            defer { self.connection = nil }
            return cmosquitto_loop_read(library, pointer)
        }
    }

    /// Set while the library reads.
    private var connection: UnsafePointer<cmosquitto_gate>?

    /// Copies bytes to the library, as read(2) does: 0 at the connection's end, -1 with errno.
    private func take(_ target: UnsafeMutableRawBufferPointer, from source: UnsafeMutableRawPointer?) -> Int {
        while !hasPacket {
            guard flaw == nil else { return fail(ECONNRESET) }
            guard !isTurnOver, !isPaused else { return fail(EAGAIN) }
            let count = receive(from: source)
            if count <= 0 { return count }
            check()
        }
        let count = min(target.count, end - start)
        buffer.withUnsafeBytes { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + count])) }
        start += count
        return count
    }

    private func fail(_ code: Int32) -> Int {
        errno = code
        return -1
    }

    /// Reads a piece from the connection.
    private func receive(from source: UnsafeMutableRawPointer?) -> Int {
        // Only the beginning of a packet is left, or nothing.
        buffer.removeFirst(start)
        end -= start
        start = 0
        let count = cmosquitto_receive(connection, source, piece.baseAddress, piece.count)
        // OpenSSL returns one record at a time, a socket all that it has.
        isDry = source == nil ? count < piece.count : count <= 0
        guard count > 0 else { return count }
        buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[..<count]))
        readInTurn += count
        received += Int64(count)
        return count
    }

    /// Checks the whole packets that have arrived, and lets them pass as far as they may.
    private func check() {
        while flaw == nil, !isPaused {
            let found = buffer.withUnsafeBytes { bytes in
                InboundPacket.header(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(end)))
            }
            switch found {
            case .incomplete: return
            case .malformed: flaw = .violation("a packet whose length does not end")
            case .packet(let packet):
                if packet.bodySize > largestPacket {
                    guard let flaw = tooLarge(packet) else { return }
                    self.flaw = flaw
                } else if end + packet.size > buffer.count {
                    return
                } else {
                    judge(packet)
                }
            }
        }
    }

    private func judge(_ packet: InboundPacket) {
        let range = end + packet.headerSize..<end + packet.size
        switch buffer.withUnsafeBytes({ rules.verdict(packet, body: UnsafeRawBufferPointer(rebasing: $0[range])) }) {
        case .pass:
            end += packet.size
            isPaused = pausesAfterWelcome && packet.type == 2
        case .leaveOut: buffer.removeSubrange(end..<end + packet.size)
        case .violation(let words): flaw = .violation(words)
        }
    }

    /// Nil while the topic of a PUBLISH is still on its way.
    private func tooLarge(_ packet: InboundPacket) -> Flaw? {
        guard packet.type == 3 else { return .tooLarge(size: packet.size, topic: nil) }
        return buffer.withUnsafeBytes { bytes in
            var scan = ByteScan(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(end + packet.headerSize)))
            guard let topic = scan.string() else { return nil }
            return .tooLarge(size: packet.size, topic: String(decoding: topic, as: UTF8.self))
        }
    }
}
