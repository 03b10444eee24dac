import CLinux
import Domain
import Glibc
import Platform

/// The server's thread polls the listeners and the connected clients. It never waits for one client.
struct ControlLoop {
    /// The most connections at the same time. The reading socket has places of its own; a probe of many buses uses one
    /// connection for each bus.
    private static let placesToAsk = 128
    private static let placesToRead = 64
    /// The most connections accepted in one turn, before requests are checked again.
    private static let mostAtOnce = 16
    /// The most bytes of answers that may wait for their clients, all together.
    private static let mostWaiting = 64 << 20
    /// The answer to a client for which there is no place; the second word is for probes.
    static let noPlace = Array(
        #"{"error":"no place","refused":"the gateway serves no more connections: end some, or ask later"}"#.utf8
    )

    private let stopping: Int32
    private let call: (ControlCall) -> Void
    private let gone: (Int) -> Void
    private let outbox: ControlOutbox
    private let time = SystemClock()
    private let asking: Acceptor
    private let reading: Acceptor?
    private var clients: [ControlConnection] = []
    private var lastClient = 0
    private var lastTurn = 0
    /// The last turn of each user who has a connection.
    private var lastTurns: [UInt32?: Int] = [:]

    init(
        asking: Int32,
        reading: Int32?,
        stopping: Int32,
        outbox: ControlOutbox,
        call: @escaping (ControlCall) -> Void,
        gone: @escaping (Int) -> Void
    ) {
        self.stopping = stopping
        self.outbox = outbox
        self.call = call
        self.gone = gone
        self.asking = Acceptor(asking)
        self.reading = reading.map { Acceptor($0) }
    }

    mutating func run() {
        while true {
            let now = time.uptime()
            let fixed = [
                stopping, outbox.flag.descriptor, asking.pollable(now: now), reading?.pollable(now: now) ?? -1,
            ]
            var set = fixed.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            set += clients.map { pollfd(fd: $0.descriptor, events: $0.events, revents: 0) }
            guard clinux_poll(&set, Int32(set.count), wait(now)) >= 0 else { continue }
            if set[0].revents != 0 { break }
            serve(set.dropFirst(fixed.count))
            sendAnswers()
            callNext()
            if set[2].revents != 0 { welcome(mayChange: true) }
            if set[3].revents != 0 { welcome(mayChange: false) }
        }
        for client in clients { close(client.descriptor) }
    }

    /// How long there is nothing to do, in nanoseconds; negative means for ever.
    private func wait(_ now: Uptime) -> Int64 {
        if clients.contains(where: \.hasRequest) { return 0 }
        var next = clients.compactMap(\.deadline).min()
        for rest in [asking.restsUntil, reading?.restsUntil] {
            if let rest { next = min(next ?? rest, rest) }
        }
        return next.map { max(0, ($0 - now).wholeNanoseconds) } ?? -1
    }

    // MARK: Connections

    private mutating func serve(_ set: ArraySlice<pollfd>) {
        let now = time.uptime()
        // The loop starts at the end, because a connection that is over leaves the list.
        for (index, entry) in zip(clients.indices, set).reversed() {
            var state = ControlConnection.State.open
            if entry.revents & Int16(POLLOUT) != 0 { state = clients[index].send(now: now) }
            if entry.revents & Int16(POLLIN) != 0, state == .open { state = clients[index].receive(now: now) }
            // A connection hangs up only when its other end is closed; one that was shut down for writing still reads.
            let hasGone = entry.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
            let isLate = clients[index].deadline.map { $0 <= now } ?? false
            if state == .over || hasGone || isLate { drop(index) }
        }
    }

    private mutating func drop(_ index: Int) {
        let client = clients.remove(at: index)
        close(client.descriptor)
        if !clients.contains(where: { $0.peer.user == client.peer.user }) { lastTurns[client.peer.user] = nil }
        // Clients that only look, or never sent a request, leave nothing to clean up.
        if client.mayChange, client.lastTurn > 0 { gone(client.client) }
    }

    private mutating func drop(client: Int) {
        if let index = clients.firstIndex(where: { $0.client == client }) { drop(index) }
    }

    private mutating func welcome(mayChange: Bool) {
        for _ in 0..<Self.mostAtOnce {
            let now = time.uptime()
            switch accept(mayChange: mayChange, now: now) {
            case .nobody: return
            case .connection(let descriptor): seat(descriptor, mayChange: mayChange, now: now)
            case .exhausted:
                let idle = occupants { _ in true }.filter { !$0.isOwed }
                guard let leaver = ControlPlaces.leaver(of: idle, for: nil) else { return }
                drop(client: leaver)
                // One at a time: what it has sent is checked before another connection may need its descriptor.
                if case .connection(let descriptor) = accept(mayChange: mayChange, now: now) {
                    seat(descriptor, mayChange: mayChange, now: now)
                }
                return
            }
        }
    }

    private mutating func accept(mayChange: Bool, now: Uptime) -> Acceptor.Outcome {
        mayChange ? asking.accept(now: now) : reading?.accept(now: now) ?? .nobody
    }

    /// Gives a newcomer a free place, or another's if there is none.
    private mutating func seat(_ descriptor: Int32, mayChange: Bool, now: Uptime) {
        lastClient += 1
        let newcomer = ControlConnection(client: lastClient, descriptor: descriptor, mayChange: mayChange, now: now)
        let there = occupants { $0.mayChange == mayChange }
        if there.count >= (mayChange ? Self.placesToAsk : Self.placesToRead) {
            guard let leaver = ControlPlaces.leaver(of: there, for: newcomer.peer.user) else {
                // A new connection has room for a line of text.
                _ = send(descriptor, Self.noPlace + [10], Self.noPlace.count + 1, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
                close(descriptor)
                return
            }
            drop(client: leaver)
        }
        clients.append(newcomer)
    }

    private func occupants(_ isWanted: (ControlConnection) -> Bool) -> [ControlPlaces.Occupant] {
        clients.filter(isWanted).map {
            ControlPlaces.Occupant(
                client: $0.client,
                user: $0.peer.user,
                isOwed: $0.isOwed,
                lastActive: $0.lastActive
            )
        }
    }

    // MARK: Requests and answers

    /// Serves one request; connections and deadlines are checked before the next.
    private mutating func callNext() {
        let askers = clients.filter(\.hasRequest).map {
            ControlPlaces.Asker(client: $0.client, user: $0.peer.user, lastTurn: $0.lastTurn)
        }
        guard let next = ControlPlaces.next(of: askers, lastTurns: lastTurns),
            let index = clients.firstIndex(where: { $0.client == next })
        else { return }
        lastTurn += 1
        clients[index].lastTurn = lastTurn
        lastTurns[clients[index].peer.user] = lastTurn
        let request = clients[index].nextRequest(now: time.uptime())
        let client = clients[index]
        call(
            ControlCall(
                request: request,
                client: client.client,
                peer: client.peer,
                mayChange: client.mayChange,
                outbox: outbox
            )
        )
    }

    private mutating func sendAnswers() {
        for (client, line) in outbox.take() {
            guard let index = clients.firstIndex(where: { $0.client == client }) else { continue }
            if clients[index].answer(line, now: time.uptime()) == .over { drop(index) }
            boundWaiting(sparing: client)
        }
    }

    /// Drops clients that do not read their answers when these take too much memory.
    private mutating func boundWaiting(sparing newest: Int) {
        while clients.reduce(0, { $0 + $1.waiting }) > Self.mostWaiting {
            let slow = clients.filter { $0.waiting > 0 && $0.client != newest }
            guard let stalest = slow.min(by: { $0.lastActive < $1.lastActive }) else { return }
            drop(client: stalest.client)
        }
    }
}
