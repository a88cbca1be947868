/* LimberComputerFacts: how this computer and its store are, in words. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

/**
 * LimberComputerFacts:
 * @name: what this computer is called
 * @what: what class of device it is, and what that holds
 * @version: of Limber
 * @node: where its hub or central is, or that it has none
 * @size: of its store
 * @room: on its disk
 * @is_tight: whether that is little
 * @synced: when it last held all that it should
 * @unsent: what was written here and where that is by now
 * @copied: when the last copy was made here
 * @disk: whether the disk is encrypted
 * @is_open: whether it is known not to be
 * @forms: (nullable): which questions and advice are published; %NULL for none
 */
typedef struct {
  char    *name, *what, *version, *node, *size, *room;
  gboolean is_tight;
  char    *synced, *unsent, *copied, *disk;
  gboolean is_open;
  char    *forms;
} LimberComputerFacts;

LimberComputerFacts *limber_computer_facts_read (LimberStore *store, GError **error);
void                 limber_computer_facts_free (LimberComputerFacts *facts);
gboolean             limber_computer_note_copy  (LimberStore *store, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberComputerFacts, limber_computer_facts_free)

G_END_DECLS
