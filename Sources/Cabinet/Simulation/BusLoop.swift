import CLinux
import Domain
import Glibc
import Platform

/// The turns of a bus's thread: polls the line, extracts requests from the bytes, sends replies when they are due.
struct BusLoop {
    private struct Peer {
        /// Never used twice, unlike a descriptor: a late reply to a closed connection is dropped.
        var id: Int
        var descriptor: Int32
        var bytes: [UInt8] = []
    }

    private struct Pending {
        var due: Uptime
        var peer: Int
        var bytes: [UInt8]
    }

    /// Bytes that are not a whole request are dropped after this long a silence.
    private static let garbageTime = Duration.milliseconds(100)

    private let line: BusServer.Line
    private var slaves: any RequestAnswering
    private let clock: ModelClock
    private let wake: PollFlag
    private let counts: BusCounts
    private var peers: [Peer] = []
    private var pending: [Pending] = []
    private var lastPeer = 0
    private var lastBytes: Uptime
    /// Nil on a serial line.
    private let acceptor: Acceptor?

    init(line: BusServer.Line, slaves: any RequestAnswering, clock: ModelClock, wake: PollFlag, counts: BusCounts) {
        self.line = line
        self.slaves = slaves
        self.clock = clock
        self.wake = wake
        self.counts = counts
        lastBytes = clock.time.uptime()
        switch line.entrance {
        case .pseudo(let pseudo, _):
            peers = [Peer(id: 0, descriptor: pseudo.master)]
            acceptor = nil
        case .listener(let listener, _): acceptor = Acceptor(listener.descriptor)
        }
    }

    /// Runs until the wake flag is raised; then closes everything.
    mutating func run() {
        while true {
            let now = clock.time.uptime()
            let descriptors = [wake.descriptor, acceptor?.pollable(now: now) ?? -1] + peers.map(\.descriptor)
            var set = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let left = deadline.map { max(0, ($0 - now).wholeNanoseconds) } ?? -1
            let ready = clinux_poll(&set, Int32(set.count), left)
            if ready > 0 {
                if set[0].revents != 0 { break }
                if set[1].revents != 0 { welcome() }
                for entry in set.dropFirst(2) where entry.revents != 0 { receive(entry.fd) }
            }
            turn()
        }
        close()
    }

    private var deadline: Uptime? {
        let garbage =
            peers.contains { !$0.bytes.isEmpty } && line.framing.isOfLines ? lastBytes + Self.garbageTime : nil
        return [pending.first?.due, garbage, acceptor?.restsUntil].compactMap { $0 }.min()
    }

    private var isSerial: Bool {
        if case .pseudo = line.entrance { return true }
        return false
    }

    private mutating func welcome() {
        guard case .connection(let descriptor)? = acceptor?.accept(now: clock.time.uptime()) else { return }
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        lastPeer += 1
        peers.append(Peer(id: lastPeer, descriptor: descriptor))
    }

    private mutating func receive(_ descriptor: Int32) {
        guard let index = peers.firstIndex(where: { $0.descriptor == descriptor }) else { return }
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        guard count > 0 else {
            // A pty never ends while this process holds its slave end.
            if !isSerial { hangUp(index) }
            return
        }
        lastBytes = clock.time.uptime()
        peers[index].bytes += buffer.prefix(count)
        requests(of: index)
    }

    private mutating func requests(of index: Int) {
        while true {
            switch line.framing {
            case .rtu:
                guard let request = SerialFrame.takeRequest(from: &peers[index].bytes) else { return }
                answer(request, peer: peers[index].id)
            case .ascii:
                guard let request = CharacterFrame.takeRequest(from: &peers[index].bytes) else { return }
                answer(request, peer: peers[index].id)
            case .mbap:
                switch TCPFrame.takeRequest(from: &peers[index].bytes) {
                case .request(let request): answer(request, peer: peers[index].id)
                case .incomplete: return
                case .foreign:
                    hangUp(index)
                    return
                }
            }
        }
    }

    private mutating func answer(_ request: [UInt8], peer: Int) {
        switch slaves.answer(request, at: clock.seconds(at: lastBytes)) {
        case .nobody: break
        case .swallowed: counts.count { $0.faulted += 1 }
        case .reply(let reply, let faulted):
            var due = lastBytes + reply.delay
            if let pace = line.pace {
                due = due + pace.time(characters: Double(request.count + reply.bytes.count))
            }
            counts.count {
                $0.answered += 1
                if faulted { $0.faulted += 1 }
            }
            let place = pending.firstIndex { $0.due > due } ?? pending.endIndex
            pending.insert(Pending(due: due, peer: peer, bytes: reply.bytes), at: place)
        }
    }

    /// Sends what is due and drops bytes that were not a request.
    private mutating func turn() {
        let now = clock.time.uptime()
        while let next = pending.first, next.due <= now {
            pending.removeFirst()
            guard let index = peers.firstIndex(where: { $0.id == next.peer }) else { continue }
            send(next.bytes, to: index)
        }
        guard line.framing.isOfLines, now - lastBytes >= Self.garbageTime else { return }
        for index in peers.indices { peers[index].bytes.removeAll(keepingCapacity: true) }
    }

    /// Replies are shorter than any kernel buffer: when one does not fit, the master has stopped reading.
    private mutating func send(_ bytes: [UInt8], to index: Int) {
        let descriptor = peers[index].descriptor
        if isSerial {
            _ = write(descriptor, bytes, bytes.count)
        } else if Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) != bytes.count {
            hangUp(index)
        }
    }

    private mutating func hangUp(_ index: Int) {
        Glibc.close(peers[index].descriptor)
        peers.remove(at: index)
    }

    private func close() {
        switch line.entrance {
        case .listener(let listener, _):
            for peer in peers { Glibc.close(peer.descriptor) }
            Glibc.close(listener.descriptor)
        case .pseudo(let pseudo, _): pseudo.close()
        }
    }
}
