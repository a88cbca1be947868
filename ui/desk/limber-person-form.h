/* LimberPersonForm: all details of a person, to be typed: of somebody new, or of somebody who is here, whose record is heard of while one types. */
#pragma once

#include <gtk/gtk.h>
#include <jansson.h>

#include "limber-row.h"
#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_PERSON_FORM (limber_person_form_get_type ())
G_DECLARE_FINAL_TYPE (LimberPersonForm, limber_person_form, LIMBER, PERSON_FORM, GtkWidget)

void        limber_person_form_open        (LimberPersonForm *form, LimberStore *store);
void        limber_person_form_close       (LimberPersonForm *form);
void        limber_person_form_begin       (LimberPersonForm *form, LimberRow *person, const json_t *kept);
void        limber_person_form_hear        (LimberPersonForm *form, LimberRow *person);
void        limber_person_form_show_contact (LimberPersonForm *form, gboolean shown);
void        limber_person_form_type        (LimberPersonForm *form, const char *field, const char *typed);
char       *limber_person_form_dup_typed   (LimberPersonForm *form, const char *field);
char       *limber_person_form_dup_value   (LimberPersonForm *form, const char *field);
gboolean    limber_person_form_is_changed  (LimberPersonForm *form);
gboolean    limber_person_form_check       (LimberPersonForm *form, char **problem);
char       *limber_person_form_dup_clash   (LimberPersonForm *form);
json_t     *limber_person_form_dup_details (LimberPersonForm *form, gboolean back);
void        limber_person_form_focus       (LimberPersonForm *form, const char *field);

/* Signals: "changed": something was typed; "activated": Enter in an entry. */

G_END_DECLS
