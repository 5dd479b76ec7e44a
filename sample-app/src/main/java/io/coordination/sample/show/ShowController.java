package io.coordination.sample.show;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/shows")
class ShowController {

    private final Shows shows;
    private final EveningShow evening;

    ShowController(Shows shows, EveningShow evening) {
        this.shows = shows;
        this.evening = evening;
    }

    @GetMapping("/evening")
    Show evening() {
        return evening.now();
    }

    @GetMapping("/{id}")
    ResponseEntity<Show> show(@PathVariable long id) {
        return ResponseEntity.of(shows.find(id));
    }
}
