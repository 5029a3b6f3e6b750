//! Removal, which the paper leaves open: no link to the removed vector stays, and whoever had one gets
//! those of the removed one's that algorithm 4 chooses beside its own.
//!
//! What the removed one held together (`anchors`) is joined by a minimum spanning tree.

use super::Index;
use alloc::vec::Vec;

impl Index {
    /// Remove the vector of an id; false when there is none. The others that linked to it are found by
    /// going through all lists of its layers, because links need not be mutual.
    pub fn remove(&mut self, id: u32) -> bool {
        let Some(slot) = self.ids.remove(id) else { return false };
        for layer in (0..=self.graph.level(slot).unwrap_or(0)).rev() {
            if self.graph.level(slot).is_some() {
                self.bypass(slot, layer);
            }
        }
        self.graph.leave(slot);
        self.vacant.push(slot);
        true
    }

    /// Let nobody in a layer link to `slot` any more.
    fn bypass(&mut self, slot: u32, layer: u8) {
        let most = self.parameters.most_links(layer);
        let (mut beyond, mut links) = (Vec::new(), Vec::new());
        self.graph.links(slot, layer, &mut beyond);
        let held = self.graph.held(slot, layer);
        self.join_anew(slot, layer, &held);
        let members: Vec<u32> = self.graph.members(layer).filter(|&other| other != slot).collect();
        for other in members {
            self.graph.links(other, layer, &mut links);
            match links.iter().position(|&link| link == slot) {
                Some(at) => _ = links.remove(at),
                None if held.contains(&other) => {}
                None => continue,
            }
            let is_new = |far: &&u32| **far != other && !links.contains(far);
            let mut all: Vec<u32> =
                links.iter().chain(beyond.iter().filter(is_new)).copied().collect();
            self.builder.choose(&self.vectors, other, &mut all, most);
            // What was linked stays so: it may be a short way to where it leads.
            let chosen: Vec<u32> = all.into_iter().filter(|to| !links.contains(to)).collect();
            links.extend(chosen);
            links.truncate(most);
            self.graph.set_links(other, layer, &links);
        }
    }

    /// Join what `gone` held by a minimum spanning tree (Prim 1957) that grows from its anchor.
    fn join_anew(&mut self, gone: u32, layer: u8, held: &[u32]) {
        let Some((&root, others)) = held.split_first() else { return };
        let way = |from: u32, to: u32| (self.vectors.between(from, to), from, to);
        let mut ways: Vec<(f32, u32, u32)> = others.iter().map(|&other| way(root, other)).collect();
        let mut joints = Vec::new();
        while let Some(at) = (0..ways.len()).min_by(|&a, &b| ways[a].0.total_cmp(&ways[b].0)) {
            let (_, near, next) = ways.swap_remove(at);
            joints.push((near, next));
            for old in &mut ways {
                let new = way(next, old.2);
                *old = if new.0 < old.0 { new } else { *old };
            }
        }
        for (near, next) in joints {
            self.reanchor(next, near, gone, layer);
        }
        // Of a pair that were each other's anchor only the removed one held the rest.
        let mut links = Vec::new();
        self.graph.links(root, layer, &mut links);
        if links.first() == Some(&gone) {
            links.remove(0);
            let is_mine = |&other: &u32| self.graph.anchor(other, layer) == Some(root);
            if let Some(at) = links.iter().position(is_mine) {
                links[..=at].rotate_right(1);
            }
            self.graph.set_links(root, layer, &links);
        }
    }

    /// Make `near`, or where there is room near it, the anchor of `next` in place of `gone`.
    fn reanchor(&mut self, next: u32, near: u32, gone: u32, layer: u8) {
        let most = self.parameters.most_links(layer);
        let mut links = Vec::new();
        self.graph.links(near, layer, &mut links);
        let anchor = if links.contains(&gone) {
            near
        } else {
            self.graph.room_near(near, layer, most, gone, 0)
        };
        self.graph.links(next, layer, &mut links);
        replace(&mut links, gone, anchor);
        self.graph.set_links(next, layer, &links);
        self.graph.links(anchor, layer, &mut links);
        if replace(&mut links, gone, next) {
            self.graph.set_links(anchor, layer, &links);
        } else if !links.contains(&next) {
            self.builder.link_back(
                &mut self.graph,
                &self.vectors,
                &self.parameters,
                anchor,
                next,
                layer,
            );
        }
    }
}

/// Put `new` where `old` is, once; false when `old` is not there.
fn replace(links: &mut Vec<u32>, old: u32, new: u32) -> bool {
    if !links.contains(&old) {
        return false;
    }
    links.retain(|&link| link != new);
    links.iter_mut().filter(|link| **link == old).for_each(|link| *link = new);
    true
}
