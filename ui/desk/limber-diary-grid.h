/* LimberDiaryGrid: a day of the diary: clinicians side by side, time downward. One cell has the selection; the arrow keys move
 * it, and Tab leaves the grid. */
#pragma once

#include <gtk/gtk.h>

#include "limber-diary.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_DIARY_GRID (limber_diary_grid_get_type ())
G_DECLARE_FINAL_TYPE (LimberDiaryGrid, limber_diary_grid, LIMBER, DIARY_GRID, GtkWidget)

void                   limber_diary_grid_set_diary    (LimberDiaryGrid *grid, LimberDiary *diary);
const LimberDiaryItem *limber_diary_grid_get_selected (LimberDiaryGrid *grid);
gboolean               limber_diary_grid_select_visit (LimberDiaryGrid *grid, const LimberId *appointment);
gboolean               limber_diary_grid_select_slot  (LimberDiaryGrid *grid, gint64 start, const LimberId *clinician);
gboolean               limber_diary_grid_select_free  (LimberDiaryGrid *grid, gint64 from, const LimberId *clinician);
void                   limber_diary_grid_hold         (LimberDiaryGrid *grid, const LimberId *appointment);

/* Signals:
 *   "selected": another cell is selected, or what is selected has changed
 *   "chosen": Enter, or a double click
 *   "dropped" (string appointment): that one was dragged onto what is selected now */

G_END_DECLS
