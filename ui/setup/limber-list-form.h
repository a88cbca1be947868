/* LimberListForm: a live list with a form beside it, which is for something new or for what was chosen in the list. What is refused stays in
 * the form, with why; what was saved leaves it. Its children stand in the form: above its buttons, or with type="after" below them. */
#pragma once

#include <gtk/gtk.h>

#include "limber-row.h"
#include "limber-set-up.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_LIST_FORM (limber_list_form_get_type ())
G_DECLARE_FINAL_TYPE (LimberListForm, limber_list_form, LIMBER, LIST_FORM, GtkWidget)

typedef void (*LimberListFormPressed) (gpointer data, LimberRow *row);

void       limber_list_form_start     (LimberListForm *self, GListModel *rows, GtkListBoxCreateWidgetFunc make_row, gpointer data);
void       limber_list_form_stop      (LimberListForm *self);
void       limber_list_form_show      (LimberListForm *self, const char *title, gboolean is_new);
void       limber_list_form_say_wrong (LimberListForm *self, const char *text);
void       limber_list_form_send      (LimberListForm *self, LimberSetUp *change, const char *form, const char *name);
void       limber_list_form_settle    (LimberListForm *self, const LimberId *about, const char *wrong);

GtkWidget *limber_list_form_make_row  (const char *title, const char *subtitle);
void       limber_list_form_add_button (GtkWidget *row, LimberRow *what, const char *label, const char *spoken, LimberListFormPressed pressed, gpointer data);
char      *limber_list_form_text_in   (GtkEntry *entry);
void       limber_list_form_set_text  (GtkEntry *entry, const char *text);

/* Properties: "empty-title", "empty-text": what stands there while the list has nothing; "cancel-label".
 * Signals: "save" and "cancel": pressed; "change" (LimberSetUp *change): is to be written; "saved": what stood in the form was. */

G_END_DECLS
