import Domain

extension IndicatorEngine {
    /// Fills the bins of places whose conditions became joint only now, because a device was removed or moved: what
    /// held there before belongs to their open windows.
    mutating func fillJoints(now: Instant) {
        let today = zone.day(of: now)
        for joint in Set(plan.joints.values.joined()).sorted(by: { $0.key < $1.key }) {
            guard joint.sources.contains(where: { $0.since > .min || $0.until < .max }), !hasSums(joint.key, today)
            else {
                continue
            }
            var day = Day(number: today.number - 366)
            while day <= today {
                if hasBins(day) { fill(joint, day) } else { copySum(of: joint, day) }
                day = day + 1
            }
        }
    }

    private mutating func hasSums(_ source: SourceKey, _ today: Day) -> Bool {
        var month = Day(number: today.number - 366).firstOfMonth
        while month <= today {
            if !bins.days(of: source, month: month).isEmpty { return true }
            month = month.firstOfNextMonth
        }
        return false
    }

    private mutating func fill(_ joint: IndicatorPlan.Joint, _ day: Day) {
        let numbers = Set(joint.sources.flatMap { bins.bins(of: $0.key, day: day).pieces.keys })
        for bin in numbers.sorted() {
            let tally = jointTally(joint, bin: bin, day: day)
            guard !tally.isEmpty else { continue }
            bins.add(tally, "", of: joint.key, bin: bin, day: day)
            bins.add(tally, "", of: joint.key, day: day)
        }
    }

    /// Copies the sum of the only condition that the place had, for a day whose bins are gone.
    private mutating func copySum(of joint: IndicatorPlan.Joint, _ day: Day) {
        let sums = joint.sources.map { bins.days(of: $0.key, month: day.firstOfMonth)[day.number].whole }
            .filter { $0.milliseconds > 0 }
        guard sums.count == 1 else { return }
        var tally = Tally()
        (tally.milliseconds, tally.within) = (sums[0].milliseconds, sums[0].within)
        bins.add(tally, "", of: joint.key, day: day)
    }
}
