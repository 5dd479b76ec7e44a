package io.coordination.peer;

import io.coordination.time.Moment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What each voter has last said to a {@link Claim}. */
final class Votes implements Iterable<Vote> {

    private final List<String> voters;
    private final List<Vote> votes;

    Votes(PeerGroup group) {
        this.voters = group.voters();
        this.votes = voters.stream().map(Vote::new).toList();
    }

    Vote of(String voter) {
        return votes.get(voters.indexOf(voter));
    }

    int size() {
        return votes.size();
    }

    int count(Predicate<Vote> which) {
        int count = 0;
        for (Vote vote : votes) {
            if (which.test(vote)) {
                count++;
            }
        }
        return count;
    }

    /** The stamps that these have granted, the newest first. */
    List<Moment> echoes(Predicate<Vote> which) {
        List<Moment> newestFirst = new ArrayList<>(votes.size());
        for (Vote vote : votes) {
            Moment echo = vote.echo;
            if (echo != null && which.test(vote)) {
                int place = newestFirst.size();
                while (place > 0 && newestFirst.get(place - 1).nanos() < echo.nanos()) {
                    place--;
                }
                newestFirst.add(place, echo);
            }
        }
        return newestFirst;
    }

    Stream<Vote> stream() {
        return votes.stream();
    }

    @Override
    public Iterator<Vote> iterator() {
        return votes.iterator();
    }
}
