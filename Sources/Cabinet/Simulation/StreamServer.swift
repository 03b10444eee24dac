import CLinux
import Domain
import Glibc
import Platform
import Profiles

/// Plays a device that sends text, on a thread of its own: ten frames a second, or one for each question.
final class StreamServer: Sendable {
    let counts = BusCounts()
    private let wake: PollFlag
    private let thread: WorkerThread
    /// The pty's own name; nil over TCP.
    let device: String?

    /// Where the device is heard.
    enum Entrance: Sendable {
        case pseudo(PseudoLine)
        case listener(Listener)

        init(bus: String, at endpoint: StreamEndpoint) throws(SimulationError) {
            switch endpoint {
            case .serial(let path, _): self = .pseudo(try PseudoLine(bus: bus, path: path))
            case .tcp(let host, let port): self = .listener(try Listener(bus: bus, host: host, port: port))
            }
        }
    }

    init(name: String, entrance: Entrance, player: StreamPlayer, clock: ModelClock) throws(SystemError) {
        if case .pseudo(let line) = entrance { device = line.device } else { device = nil }
        wake = try PollFlag()
        thread = try WorkerThread(name: name) { [wake, counts] in
            var loop = StreamLoop(entrance: entrance, player: player, clock: clock, wake: wake, counts: counts)
            loop.run()
        }
    }

    /// Ends the thread and waits for its end.
    func stop() {
        wake.raise()
        thread.join()
    }
}

/// What is played: frames by their number and the model's seconds, and the word for which one is sent.
struct StreamPlayer: Sendable {
    /// Nil for a device that sends by itself.
    let ask: [UInt8]?
    /// Nil where nothing is sent.
    let frame: @Sendable (_ number: Int64, _ seconds: Double) -> (bytes: [UInt8], isFaulty: Bool)?
}

/// The turns of the thread.
private struct StreamLoop {
    /// Ten frames a second, as indicators send them.
    private static let pause = Duration.milliseconds(100)
    /// More than these bytes are no question.
    private static let longestQuestion = 256

    let entrance: StreamServer.Entrance
    let player: StreamPlayer
    let clock: ModelClock
    let wake: PollFlag
    let counts: BusCounts
    private let acceptor: Acceptor?
    private var peers: [Int32]
    private var asked: [Int32: [UInt8]] = [:]
    private var number: Int64 = 0
    private var due: Uptime

    init(
        entrance: StreamServer.Entrance,
        player: StreamPlayer,
        clock: ModelClock,
        wake: PollFlag,
        counts: BusCounts
    ) {
        self.entrance = entrance
        self.player = player
        self.clock = clock
        self.wake = wake
        self.counts = counts
        due = clock.time.uptime()
        switch entrance {
        case .pseudo(let line):
            peers = [line.master]
            acceptor = nil
        case .listener(let listener):
            peers = []
            acceptor = Acceptor(listener.descriptor)
        }
    }

    mutating func run() {
        while true {
            let now = clock.time.uptime()
            let descriptors = [wake.descriptor, acceptor?.pollable(now: now) ?? -1] + peers
            var set = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let deadline = [player.ask == nil ? due : nil, acceptor?.restsUntil].compactMap(\.self).min()
            let ready = clinux_poll(&set, Int32(set.count), deadline.map { max(0, ($0 - now).wholeNanoseconds) } ?? -1)
            if ready > 0 {
                if set[0].revents != 0 { break }
                if set[1].revents != 0 { welcome() }
                for entry in set.dropFirst(2) where entry.revents != 0 { receive(entry.fd) }
            }
            guard player.ask == nil, due <= clock.time.uptime() else { continue }
            due = clock.time.uptime() + Self.pause
            for peer in peers { send(to: peer) }
            number += 1
        }
        close()
    }

    private mutating func welcome() {
        guard case .connection(let descriptor)? = acceptor?.accept(now: clock.time.uptime()) else { return }
        peers.append(descriptor)
    }

    private mutating func receive(_ peer: Int32) {
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = read(peer, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        guard count > 0 else {
            if acceptor != nil { hangUp(peer) }
            return
        }
        guard let word = player.ask else { return }
        asked[peer, default: []] += buffer.prefix(count)
        // Whatever ends with the word is the question.
        while let bytes = asked[peer], let place = Self.place(of: word, in: bytes) {
            asked[peer] = Array(bytes[(place + word.count)...])
            send(to: peer)
            number += 1
        }
        if let bytes = asked[peer], bytes.count > Self.longestQuestion { asked[peer] = [] }
    }

    private static func place(of word: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= word.count else { return nil }
        return (0...bytes.count - word.count).first { bytes[$0...].starts(with: word) }
    }

    private mutating func send(to peer: Int32) {
        guard let frame = player.frame(number, clock.seconds(at: clock.time.uptime())) else {
            return counts.count { $0.faulted += 1 }
        }
        let isPty = acceptor == nil
        let sent =
            isPty
            ? write(peer, frame.bytes, frame.bytes.count)
            : Glibc.send(peer, frame.bytes, frame.bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        if sent < 0, !isPty, errno != EAGAIN { return hangUp(peer) }
        counts.count {
            $0.answered += 1
            if frame.isFaulty { $0.faulted += 1 }
        }
    }

    private mutating func hangUp(_ peer: Int32) {
        Glibc.close(peer)
        peers.removeAll { $0 == peer }
        asked[peer] = nil
    }

    private func close() {
        switch entrance {
        case .listener(let listener):
            for peer in peers { Glibc.close(peer) }
            Glibc.close(listener.descriptor)
        case .pseudo(let line): line.close()
        }
    }
}
