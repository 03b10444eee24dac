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

    private func sendAgain(_ request: ResendRequest) {
        let now = time.uptime()
        if let refusal = requests.withLock({ $0.take(request, now: now) }) { notify(.refusedRequest(refusal)) }
        answerNextRequest()
    }

    /// Answers the request whose turn has come. The entries become part of the backlog, which sends them in its own
    /// time and form.
    func answerNextRequest() {
        guard requests.withLock({ $0.hasWaiting }) else { return }
        let destination = settings.destination
        let open = journal.askedAgain(destination: destination)
        let now = time.uptime()
        guard let (request, losses) = requests.withLock({ $0.next(open: open, now: now) }) else { return }
        journal.sendAgain(request, to: destination, losses: losses) { [weak self] answer in
            guard let self else { return }
            let now = time.uptime()
            requests.withLock { $0.answered(losses: answer?.losses ?? 0, now: now) }
            guard let answer else { return }
            notify(.sendsAgain(epoch: request.epoch, entries: answer.entries, notKept: answer.notKept))
            if let first = answer.first { lanes.withLock { $0.reread(from: first) } }
            answerNextRequest()
            wake()
        }
    }
}
