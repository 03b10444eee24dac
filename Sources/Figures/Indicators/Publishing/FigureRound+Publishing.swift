import Contract
import Domain
import Forwarding
import MQTT
import Platform
import Synchronization

extension FigureRound {
    mutating func publish(_ uptime: Uptime) {
        let stamp = around.time.stamp(at: uptime)
        guard stamp.clock == .synchronised else { return }
        if !isServing { serveDestinations() }
        settlePosted()
        let number = stamp.time.millisecondsSince1970 / engine.plan.catalogue.provisionalEvery.wholeMilliseconds
        let isNewMinute = number != minute
        if isNewMinute {
            minute = number
            let figures = engine.openFigures(now: stamp.time, long: number % 15 == 0).map { figure in
                let payload = figure.payload(gateway: around.topics.gateway, zone: engine.zone)
                return (figure: figure, topic: around.topics.indicator(figure.name), payload: payload)
            }
            open.take(figures, for: around.destinations.all, now: uptime)
        }
        for forwarder in around.destinations.forwarders {
            let id = forwarder.settings.destination
            guard posted[id] == nil, restingUntil[id].map({ $0 <= uptime }) ?? true,
                forwarder.snapshot?.connected ?? false,
                let batch = engine.nextFinals(for: id, now: stamp.time)
            else { continue }
            let posting = Posted(batch, to: forwarder)
            posted[id] = posting
            for figure in batch.figures {
                forwarder.post(
                    topic: around.topics.indicator(figure.name, isFinal: true),
                    payload: figure.payload(gateway: around.topics.gateway, zone: engine.zone)
                ) { accepted in
                    if !accepted { posting.refused.store(true, ordering: .relaxed) }
                    posting.left.withLock { $0 -= 1 }
                }
            }
        }
    }

    /// A batch that a destination has acknowledged is no longer owed; a refused one is sent again.
    mutating func settlePosted() {
        for (id, posting) in posted where posting.isDone {
            posted[id] = nil
            if posting.refused.load(ordering: .relaxed) {
                restingUntil[id] = around.time.uptime() + .seconds(30)
            } else {
                engine.delivered(posting.batch, to: id)
            }
        }
    }
}
