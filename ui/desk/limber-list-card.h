/* LimberListCard: what one line of the lists of what waits says, and what can be done about it. Made by whoever reads the store, in a
 * worker; nothing changes it after that. */
#pragma once

#include "limber-reader.h"

G_BEGIN_DECLS

#define LIMBER_LIST_PARTS 2
#define LIMBER_LIST_DEEDS 4

/* A button: what it says, and the action that it sets off, with one text. */
typedef struct {
  char *label, *action, *target; /* (owned) */
} LimberListDeed;

/**
 * LimberListCard:
 * @id: of the task, the conflict, the entry or the device
 * @icon: the name of an icon of ours
 * @title: what it is about
 * @text: (nullable): more of that
 * @heads: (nullable): what stands beside the @parts
 * @parts: (nullable): such as the two values of a conflict
 * @note: (nullable): what staff say of it, or what can be done
 * @deeds: the first is what Enter does; unused ones have no label
 * @ask_label: (nullable): of a button that asks for a text
 * @ask_action: what is done with it: an action of two texts, @id and what was typed
 * @ask_text: (nullable): what stands there to begin with
 * @before: (nullable): what is to be there again when it is taken back
 * @waits: somebody should see to it, so that it is counted
 * @now: at once: somebody stands there
 */
typedef struct {
  LimberId       id;
  const char    *icon;
  char          *title, *text;
  char          *heads[LIMBER_LIST_PARTS], *parts[LIMBER_LIST_PARTS];
  char          *note;
  LimberListDeed deeds[LIMBER_LIST_DEEDS];
  char          *ask_label, *ask_text, *before;
  const char    *ask_action;
  gboolean       waits, now;
} LimberListCard;

LimberListCard *limber_list_card_new      (const LimberId *id, const char *icon);
void            limber_list_card_free     (LimberListCard *card);
void            limber_list_card_add_deed (LimberListCard *card, const char *label, const char *action, const char *target);
void            limber_list_card_set_part (LimberListCard *card, guint part, const char *head, char *text);
gboolean        limber_list_card_equal    (const LimberListCard *a, const LimberListCard *b);
char           *limber_list_card_dup_words (const LimberListCard *card);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberListCard, limber_list_card_free)

G_END_DECLS
