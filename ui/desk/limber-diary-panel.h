/* LimberDiaryPanel: beside the diary: what is selected in it, for whom one books or whom one moves, and what can be done. What it
 * does beyond its own boxes are the page's actions ("diary"). */
#pragma once

#include "limber-day.h"
#include "limber-diary-hand.h"
#include "limber-diary.h"

G_BEGIN_DECLS

/**
 * LimberDiaryHand:
 * @name: (nullable): who is to be booked or moved; %NULL for nobody
 * @facts: (nullable): by which one knows whether it is the right person
 * @moving: whether an appointment of hers is moved
 * @itself: whether that one is selected
 * @follows: (nullable): what it is in the place of, in words
 *
 * Whom one came with.
 */
typedef struct {
  const char *name, *facts, *follows;
  gboolean    moving, itself;
} LimberDiaryHand;

#define LIMBER_TYPE_DIARY_PANEL (limber_diary_panel_get_type ())
G_DECLARE_FINAL_TYPE (LimberDiaryPanel, limber_diary_panel, LIMBER, DIARY_PANEL, GtkWidget)

void        limber_diary_panel_start        (LimberDiaryPanel *panel, LimberStore *store, LimberDay *day);
void        limber_diary_panel_stop         (LimberDiaryPanel *panel);
void        limber_diary_panel_show         (LimberDiaryPanel *panel, const LimberDiaryItem *item, const LimberDiaryColumn *column, const LimberDiaryHand *hand);
void        limber_diary_panel_set_plan     (LimberDiaryPanel *panel, const char *text, gboolean whole);
void        limber_diary_panel_hand         (LimberHand *held, const LimberDiaryItem *item, LimberDiaryHand *hand);
void        limber_diary_panel_forget       (LimberDiaryPanel *panel);
void        limber_diary_panel_ask_whom     (LimberDiaryPanel *panel);
void        limber_diary_panel_ask_why      (LimberDiaryPanel *panel);
const char *limber_diary_panel_get_type_word (LimberDiaryPanel *panel);
int         limber_diary_panel_get_times    (LimberDiaryPanel *panel);
int         limber_diary_panel_get_weeks    (LimberDiaryPanel *panel);

/* Signals:
 *   "found" (LimberId *patient): she is to be booked
 *   "series": how many are to be booked, or how far apart, has changed
 *   "cancel" (string by, string why): what is selected is cancelled
 *   "anyway" (string why): at the time of what is selected
 *   "leave": the day is to have the focus again */

G_END_DECLS
