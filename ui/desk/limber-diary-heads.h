/* LimberDiaryHeads: above the diary's day: whose column it is, where, and how many times are still free. */
#pragma once

#include <gtk/gtk.h>

#include "limber-diary.h"

G_BEGIN_DECLS

#define LIMBER_DIARY_GUTTER 52        /* for the hours at the side, in the usual size of text; style.css has it as 39 points */
#define LIMBER_DIARY_COLUMN_WIDTH 150 /* at least */

void limber_diary_heads_show (GtkBox *heads, GPtrArray *columns);

G_END_DECLS
