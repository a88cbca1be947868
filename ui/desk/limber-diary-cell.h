/* LimberDiaryCell: an appointment or a free time in the diary. It draws its own words, so that hundreds of them are cheap. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_DIARY_CELL (limber_diary_cell_get_type ())
G_DECLARE_FINAL_TYPE (LimberDiaryCell, limber_diary_cell, LIMBER, DIARY_CELL, GtkWidget)

GtkWidget *limber_diary_cell_new  (void);
void       limber_diary_cell_show (LimberDiaryCell *cell, const char *title, const char *detail, const char *description, const char *css_class);
void       limber_diary_cell_hold (LimberDiaryCell *cell, gboolean held);

G_END_DECLS
