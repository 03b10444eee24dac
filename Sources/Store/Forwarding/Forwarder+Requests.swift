import Contract
import DequeModule
import Domain
import Journal
public import MQTT
import Synchronization

/// What the forwarder does with what arrives at its session's subscriptions.
extension Forwarder {
    public func received(_ message: MQTTReceived) {
        switch format.received(message) {
        case .nothing: return
        case .openAgain:
            let opening = format.opening()
            lanes.withLock { $0.opening = Deque(opening) }
            wake()
        case .sendAgain(let request): sendAgain(request)
        case .refuse(let refusal): notify(.refusedRequest(refusal))
        }
    }

    public func subscriptionRefused(_ filter: String, code: UInt8) { notify(.mayNotBeAsked(topic: filter)) }

    /// The entries become part of the backlog, which sends them in its own time and form.
    private func sendAgain(_ request: ResendRequest) {
        let destination = settings.destination
        let open = journal.askedAgain(destination: destination)
        let now = time.uptime()
        switch requests.withLock({ $0.verdict(on: request, open: open, now: now) }) {
        case .refuse(let refusal): notify(.refusedRequest(refusal))
        case .answer(let losses):
            journal.sendAgain(request, to: destination, losses: losses) { [weak self] answer in
                guard let self else { return }
                let now = time.uptime()
                requests.withLock { $0.answered(losses: answer?.losses ?? 0, now: now) }
                guard let answer else { return }
                notify(.sendsAgain(epoch: request.epoch, entries: answer.entries, notKept: answer.notKept))
                guard let first = answer.first else { return }
                lanes.withLock { $0.reread(from: first) }
                wake()
            }
        }
    }
}
