// Written by scripts/generate-database-types.ts from the migrations: run `npm run types:db` after changing them.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      agent_memory: {
        Row: {
          created_at: string;
          expires_at: string | null;
          id: string;
          key: string;
          scope: 'short' | 'long' | 'preference' | 'context';
          updated_at: string;
          user_id: string;
          value: Json;
        };
        Insert: {
          created_at?: string;
          expires_at?: string | null;
          id?: string;
          key: string;
          scope: 'short' | 'long' | 'preference' | 'context';
          updated_at?: string;
          user_id?: string;
          value: Json;
        };
        Update: {
          created_at?: string;
          expires_at?: string | null;
          id?: string;
          key?: string;
          scope?: 'short' | 'long' | 'preference' | 'context';
          updated_at?: string;
          user_id?: string;
          value?: Json;
        };
        Relationships: [];
      };
      agent_task: {
        Row: {
          created_at: string;
          error_code: string | null;
          finished_at: string | null;
          id: string;
          input: Json;
          kind: string;
          output: Json | null;
          progress: number;
          status: 'queued' | 'running' | 'done' | 'error';
          thread_id: string | null;
          updated_at: string;
          user_id: string;
        };
        Insert: {
          created_at?: string;
          error_code?: string | null;
          finished_at?: string | null;
          id?: string;
          input?: Json;
          kind: string;
          output?: Json | null;
          progress?: number;
          status?: 'queued' | 'running' | 'done' | 'error';
          thread_id?: string | null;
          updated_at?: string;
          user_id?: string;
        };
        Update: {
          created_at?: string;
          error_code?: string | null;
          finished_at?: string | null;
          id?: string;
          input?: Json;
          kind?: string;
          output?: Json | null;
          progress?: number;
          status?: 'queued' | 'running' | 'done' | 'error';
          thread_id?: string | null;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          { foreignKeyName: 'agent_task_thread_id_user_id_fkey'; columns: ['thread_id', 'user_id']; isOneToOne: false; referencedRelation: 'thread'; referencedColumns: ['id', 'user_id'] },
        ];
      };
      agent_telemetry: {
        Row: {
          cost_usd: number;
          created_at: string;
          event_type: 'llm_call' | 'tool_call' | 'retrieval' | 'embedding' | 'error';
          id: string;
          input_tokens: number;
          latency_ms: number;
          message_id: string | null;
          metadata: Json;
          model: string | null;
          ok: boolean;
          output_tokens: number;
          thread_id: string | null;
          token_count: number;
          tool_name: string | null;
          trace_id: string;
          user_id: string;
        };
        Insert: {
          cost_usd?: number;
          created_at?: string;
          event_type: 'llm_call' | 'tool_call' | 'retrieval' | 'embedding' | 'error';
          id?: string;
          input_tokens?: number;
          latency_ms?: number;
          message_id?: string | null;
          metadata?: Json;
          model?: string | null;
          ok?: boolean;
          output_tokens?: number;
          thread_id?: string | null;
          token_count?: number;
          tool_name?: string | null;
          trace_id: string;
          user_id?: string;
        };
        Update: {
          cost_usd?: number;
          created_at?: string;
          event_type?: 'llm_call' | 'tool_call' | 'retrieval' | 'embedding' | 'error';
          id?: string;
          input_tokens?: number;
          latency_ms?: number;
          message_id?: string | null;
          metadata?: Json;
          model?: string | null;
          ok?: boolean;
          output_tokens?: number;
          thread_id?: string | null;
          token_count?: number;
          tool_name?: string | null;
          trace_id?: string;
          user_id?: string;
        };
        Relationships: [];
      };
      attachment: {
        Row: {
          created_at: string;
          file_name: string;
          file_path: string;
          id: string;
          message_id: string | null;
          mime_type: string;
          size_bytes: number;
          thread_id: string;
          user_id: string;
        };
        Insert: {
          created_at?: string;
          file_name: string;
          file_path: string;
          id?: string;
          message_id?: string | null;
          mime_type: string;
          size_bytes: number;
          thread_id: string;
          user_id?: string;
        };
        Update: {
          created_at?: string;
          file_name?: string;
          file_path?: string;
          id?: string;
          message_id?: string | null;
          mime_type?: string;
          size_bytes?: number;
          thread_id?: string;
          user_id?: string;
        };
        Relationships: [
          { foreignKeyName: 'attachment_message_id_fkey'; columns: ['message_id']; isOneToOne: false; referencedRelation: 'message'; referencedColumns: ['id'] },
          { foreignKeyName: 'attachment_thread_id_user_id_fkey'; columns: ['thread_id', 'user_id']; isOneToOne: false; referencedRelation: 'thread'; referencedColumns: ['id', 'user_id'] },
        ];
      };
      audit_log: {
        Row: {
          action: string;
          created_at: string;
          id: number;
          metadata: Json;
          subject: string | null;
          user_id: string;
        };
        Insert: {
          action: string;
          created_at?: string;
          id?: never;
          metadata?: Json;
          subject?: string | null;
          user_id?: string;
        };
        Update: {
          action?: string;
          created_at?: string;
          id?: never;
          metadata?: Json;
          subject?: string | null;
          user_id?: string;
        };
        Relationships: [];
      };
      availability_block: {
        Row: {
          created_at: string;
          dow: number;
          end_min: number;
          id: string;
          start_min: number;
          timezone: string;
          user_id: string;
        };
        Insert: {
          created_at?: string;
          dow: number;
          end_min: number;
          id?: string;
          start_min: number;
          timezone: string;
          user_id?: string;
        };
        Update: {
          created_at?: string;
          dow?: number;
          end_min?: number;
          id?: string;
          start_min?: number;
          timezone?: string;
          user_id?: string;
        };
        Relationships: [];
      };
      block: {
        Row: {
          blocked_user_id: string;
          created_at: string;
          user_id: string;
        };
        Insert: {
          blocked_user_id: string;
          created_at?: string;
          user_id?: string;
        };
        Update: {
          blocked_user_id?: string;
          created_at?: string;
          user_id?: string;
        };
        Relationships: [];
      };
      chunk_lex: {
        Row: {
          chunk_id: number;
          doc_id: string;
          user_id: string;
          weights: string;
        };
        Insert: {
          chunk_id: number;
          doc_id: string;
          user_id?: string;
          weights: string;
        };
        Update: {
          chunk_id?: number;
          doc_id?: string;
          user_id?: string;
          weights?: string;
        };
        Relationships: [
          { foreignKeyName: 'chunk_lex_chunk_id_fkey'; columns: ['chunk_id']; isOneToOne: true; referencedRelation: 'doc_chunk'; referencedColumns: ['id'] },
          { foreignKeyName: 'chunk_lex_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id'] },
        ];
      };
      doc_chunk: {
        Row: {
          char_end: number | null;
          char_start: number | null;
          content: string;
          content_hash: string | null;
          doc_id: string;
          embedding: string | null;
          embedding_model: string | null;
          heading_path: string[];
          id: number;
          metadata: Json;
          ord: number;
          page_end: number | null;
          page_start: number | null;
          token_count: number | null;
          user_id: string;
        };
        Insert: {
          char_end?: number | null;
          char_start?: number | null;
          content: string;
          content_hash?: string | null;
          doc_id: string;
          embedding?: string | null;
          embedding_model?: string | null;
          heading_path?: string[];
          id?: never;
          metadata?: Json;
          ord: number;
          page_end?: number | null;
          page_start?: number | null;
          token_count?: number | null;
          user_id?: string;
        };
        Update: {
          char_end?: number | null;
          char_start?: number | null;
          content?: string;
          content_hash?: string | null;
          doc_id?: string;
          embedding?: string | null;
          embedding_model?: string | null;
          heading_path?: string[];
          id?: never;
          metadata?: Json;
          ord?: number;
          page_end?: number | null;
          page_start?: number | null;
          token_count?: number | null;
          user_id?: string;
        };
        Relationships: [
          { foreignKeyName: 'doc_chunk_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id'] },
        ];
      };
      doc_chunk_draft: {
        Row: {
          char_end: number;
          char_start: number;
          content: string;
          content_hash: string;
          doc_id: string;
          heading_path: string[];
          lex_weights: string;
          ord: number;
          page_end: number | null;
          page_start: number | null;
          token_count: number;
          user_id: string;
        };
        Insert: {
          char_end: number;
          char_start: number;
          content: string;
          content_hash: string;
          doc_id: string;
          heading_path?: string[];
          lex_weights: string;
          ord: number;
          page_end?: number | null;
          page_start?: number | null;
          token_count: number;
          user_id: string;
        };
        Update: {
          char_end?: number;
          char_start?: number;
          content?: string;
          content_hash?: string;
          doc_id?: string;
          heading_path?: string[];
          lex_weights?: string;
          ord?: number;
          page_end?: number | null;
          page_start?: number | null;
          token_count?: number;
          user_id?: string;
        };
        Relationships: [
          { foreignKeyName: 'doc_chunk_draft_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id'] },
        ];
      };
      doc_embedding_draft: {
        Row: {
          doc_id: string;
          embedding: string;
          ord: number;
          user_id: string;
        };
        Insert: {
          doc_id: string;
          embedding: string;
          ord: number;
          user_id: string;
        };
        Update: {
          doc_id?: string;
          embedding?: string;
          ord?: number;
          user_id?: string;
        };
        Relationships: [
          { foreignKeyName: 'doc_embedding_draft_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id'] },
        ];
      };
      doc_page: {
        Row: {
          char_end: number;
          char_start: number;
          content: string;
          doc_id: string;
          label: string | null;
          page: number;
          user_id: string;
        };
        Insert: {
          char_end: number;
          char_start: number;
          content: string;
          doc_id: string;
          label?: string | null;
          page: number;
          user_id?: string;
        };
        Update: {
          char_end?: number;
          char_start?: number;
          content?: string;
          doc_id?: string;
          label?: string | null;
          page?: number;
          user_id?: string;
        };
        Relationships: [
          { foreignKeyName: 'doc_page_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id'] },
        ];
      };
      doc_page_draft: {
        Row: {
          char_count: number;
          content: string;
          doc_id: string;
          label: string | null;
          page: number;
          user_id: string;
        };
        Insert: {
          char_count: number;
          content: string;
          doc_id: string;
          label?: string | null;
          page: number;
          user_id: string;
        };
        Update: {
          char_count?: number;
          content?: string;
          doc_id?: string;
          label?: string | null;
          page?: number;
          user_id?: string;
        };
        Relationships: [
          { foreignKeyName: 'doc_page_draft_doc_id_fkey'; columns: ['doc_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id'] },
        ];
      };
      doc_source: {
        Row: {
          chunk_count: number;
          content_hash: string | null;
          course: string | null;
          created_at: string;
          embedding_model: string | null;
          error_code: string | null;
          error_message: string | null;
          file_name: string | null;
          file_path: string | null;
          id: string;
          ingest_run: number;
          is_english: boolean;
          locator: 'page' | 'section' | 'row';
          mime_type: string | null;
          page_count: number | null;
          pages_read: number;
          progress: number;
          queued_at: string | null;
          size_bytes: number | null;
          source_type: 'upload' | 'url' | 'note' | 'session' | 'transcript';
          stage: 'extracting' | 'chunking' | 'embedding' | 'storing' | null;
          status: 'pending' | 'processing' | 'ready' | 'error';
          title: string;
          updated_at: string;
          user_id: string;
        };
        Insert: {
          chunk_count?: number;
          content_hash?: string | null;
          course?: string | null;
          created_at?: string;
          embedding_model?: string | null;
          error_code?: string | null;
          error_message?: string | null;
          file_name?: string | null;
          file_path?: string | null;
          id?: string;
          ingest_run?: number;
          is_english?: boolean;
          locator?: 'page' | 'section' | 'row';
          mime_type?: string | null;
          page_count?: number | null;
          pages_read?: number;
          progress?: number;
          queued_at?: string | null;
          size_bytes?: number | null;
          source_type?: 'upload' | 'url' | 'note' | 'session' | 'transcript';
          stage?: 'extracting' | 'chunking' | 'embedding' | 'storing' | null;
          status?: 'pending' | 'processing' | 'ready' | 'error';
          title: string;
          updated_at?: string;
          user_id?: string;
        };
        Update: {
          chunk_count?: number;
          content_hash?: string | null;
          course?: string | null;
          created_at?: string;
          embedding_model?: string | null;
          error_code?: string | null;
          error_message?: string | null;
          file_name?: string | null;
          file_path?: string | null;
          id?: string;
          ingest_run?: number;
          is_english?: boolean;
          locator?: 'page' | 'section' | 'row';
          mime_type?: string | null;
          page_count?: number | null;
          pages_read?: number;
          progress?: number;
          queued_at?: string | null;
          size_bytes?: number | null;
          source_type?: 'upload' | 'url' | 'note' | 'session' | 'transcript';
          stage?: 'extracting' | 'chunking' | 'embedding' | 'storing' | null;
          status?: 'pending' | 'processing' | 'ready' | 'error';
          title?: string;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [];
      };
      flashcard: {
        Row: {
          back: string;
          created_at: string;
          difficulty: number;
          due: string;
          elapsed_days: number;
          front: string;
          id: string;
          lapses: number;
          last_review: string | null;
          learning_steps: number;
          metadata: Json;
          reps: number;
          scheduled_days: number;
          source_doc_id: string | null;
          stability: number;
          state: number;
          suspended: boolean;
          updated_at: string;
          user_id: string;
        };
        Insert: {
          back: string;
          created_at?: string;
          difficulty?: number;
          due?: string;
          elapsed_days?: number;
          front: string;
          id?: string;
          lapses?: number;
          last_review?: string | null;
          learning_steps?: number;
          metadata?: Json;
          reps?: number;
          scheduled_days?: number;
          source_doc_id?: string | null;
          stability?: number;
          state?: number;
          suspended?: boolean;
          updated_at?: string;
          user_id?: string;
        };
        Update: {
          back?: string;
          created_at?: string;
          difficulty?: number;
          due?: string;
          elapsed_days?: number;
          front?: string;
          id?: string;
          lapses?: number;
          last_review?: string | null;
          learning_steps?: number;
          metadata?: Json;
          reps?: number;
          scheduled_days?: number;
          source_doc_id?: string | null;
          stability?: number;
          state?: number;
          suspended?: boolean;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          { foreignKeyName: 'flashcard_source_doc_id_user_id_fkey'; columns: ['source_doc_id', 'user_id']; isOneToOne: false; referencedRelation: 'doc_source'; referencedColumns: ['id', 'user_id'] },
        ];
      };
      learning_profile: {
        Row: {
          analytics: Json;
          created_at: string;
          recommended_focus: string[];
          strengths: string[];
          updated_at: string;
          user_id: string;
          weaknesses: string[];
        };
        Insert: {
          analytics?: Json;
          created_at?: string;
          recommended_focus?: string[];
          strengths?: string[];
          updated_at?: string;
          user_id?: string;
          weaknesses?: string[];
        };
        Update: {
          analytics?: Json;
          created_at?: string;
          recommended_focus?: string[];
          strengths?: string[];
          updated_at?: string;
          user_id?: string;
          weaknesses?: string[];
        };
        Relationships: [];
      };
      lex_df: {
        Row: {
          df: number;
          term: number;
          user_id: string;
        };
        Insert: {
          df: number;
          term: number;
          user_id?: string;
        };
        Update: {
          df?: number;
          term?: number;
          user_id?: string;
        };
        Relationships: [];
      };
      match_candidate: {
        Row: {
          candidate_user_id: string;
          computed_at: string;
          facets: Json;
          score: number;
          user_id: string;
        };
        Insert: {
          candidate_user_id: string;
          computed_at?: string;
          facets?: Json;
          score: number;
          user_id?: string;
        };
        Update: {
          candidate_user_id?: string;
          computed_at?: string;
          facets?: Json;
          score?: number;
          user_id?: string;
        };
        Relationships: [];
      };
      message: {
        Row: {
          created_at: string;
          id: string;
          metadata: Json;
          parts: Json;
          role: 'user' | 'assistant';
          seq: number;
          status: 'streaming' | 'done' | 'stopped' | 'error';
          thread_id: string;
          updated_at: string;
          user_id: string;
        };
        Insert: {
          created_at?: string;
          id?: string;
          metadata?: Json;
          parts?: Json;
          role: 'user' | 'assistant';
          seq?: never;
          status?: 'streaming' | 'done' | 'stopped' | 'error';
          thread_id: string;
          updated_at?: string;
          user_id?: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          metadata?: Json;
          parts?: Json;
          role?: 'user' | 'assistant';
          seq?: never;
          status?: 'streaming' | 'done' | 'stopped' | 'error';
          thread_id?: string;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          { foreignKeyName: 'message_thread_id_user_id_fkey'; columns: ['thread_id', 'user_id']; isOneToOne: false; referencedRelation: 'thread'; referencedColumns: ['id', 'user_id'] },
        ];
      };
      nudge: {
        Row: {
          id: string;
          message: string;
          metadata: Json;
          nudge_type: 'study_invite' | 'reminder' | 'match_suggestion' | 'plan_update';
          responded_at: string | null;
          sent_at: string;
          status: 'sent' | 'read' | 'accepted' | 'declined';
          to_user_id: string;
          user_id: string;
        };
        Insert: {
          id?: string;
          message: string;
          metadata?: Json;
          nudge_type: 'study_invite' | 'reminder' | 'match_suggestion' | 'plan_update';
          responded_at?: string | null;
          sent_at?: string;
          status?: 'sent' | 'read' | 'accepted' | 'declined';
          to_user_id: string;
          user_id?: string;
        };
        Update: {
          id?: string;
          message?: string;
          metadata?: Json;
          nudge_type?: 'study_invite' | 'reminder' | 'match_suggestion' | 'plan_update';
          responded_at?: string | null;
          sent_at?: string;
          status?: 'sent' | 'read' | 'accepted' | 'declined';
          to_user_id?: string;
          user_id?: string;
        };
        Relationships: [];
      };
      persona: {
        Row: {
          created_at: string;
          id: string;
          instructions: string;
          name: string;
          updated_at: string;
          user_id: string;
        };
        Insert: {
          created_at?: string;
          id?: string;
          instructions: string;
          name: string;
          updated_at?: string;
          user_id?: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          instructions?: string;
          name?: string;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [];
      };
      presence: {
        Row: {
          current_activity: 'idle' | 'studying' | 'in_session' | 'available';
          is_online: boolean;
          last_seen: string;
          user_id: string;
        };
        Insert: {
          current_activity?: 'idle' | 'studying' | 'in_session' | 'available';
          is_online?: boolean;
          last_seen?: string;
          user_id?: string;
        };
        Update: {
          current_activity?: 'idle' | 'studying' | 'in_session' | 'available';
          is_online?: boolean;
          last_seen?: string;
          user_id?: string;
        };
        Relationships: [];
      };
      profile: {
        Row: {
          created_at: string;
          display_name: string | null;
          goals: string[];
          grade_level: string | null;
          learning_style: 'visual' | 'auditory' | 'kinesthetic' | 'reading' | null;
          preferences: Json;
          subjects: string[];
          timezone: string;
          updated_at: string;
          user_id: string;
          visibility: 'private' | 'matches' | 'everyone';
        };
        Insert: {
          created_at?: string;
          display_name?: string | null;
          goals?: string[];
          grade_level?: string | null;
          learning_style?: 'visual' | 'auditory' | 'kinesthetic' | 'reading' | null;
          preferences?: Json;
          subjects?: string[];
          timezone?: string;
          updated_at?: string;
          user_id?: string;
          visibility?: 'private' | 'matches' | 'everyone';
        };
        Update: {
          created_at?: string;
          display_name?: string | null;
          goals?: string[];
          grade_level?: string | null;
          learning_style?: 'visual' | 'auditory' | 'kinesthetic' | 'reading' | null;
          preferences?: Json;
          subjects?: string[];
          timezone?: string;
          updated_at?: string;
          user_id?: string;
          visibility?: 'private' | 'matches' | 'everyone';
        };
        Relationships: [];
      };
      quiz: {
        Row: {
          created_at: string;
          difficulty: 'easy' | 'medium' | 'hard' | 'mixed';
          id: string;
          items: Json;
          metadata: Json;
          thread_id: string | null;
          topic: string;
          user_id: string;
        };
        Insert: {
          created_at?: string;
          difficulty?: 'easy' | 'medium' | 'hard' | 'mixed';
          id?: string;
          items: Json;
          metadata?: Json;
          thread_id?: string | null;
          topic: string;
          user_id?: string;
        };
        Update: {
          created_at?: string;
          difficulty?: 'easy' | 'medium' | 'hard' | 'mixed';
          id?: string;
          items?: Json;
          metadata?: Json;
          thread_id?: string | null;
          topic?: string;
          user_id?: string;
        };
        Relationships: [
          { foreignKeyName: 'quiz_thread_id_user_id_fkey'; columns: ['thread_id', 'user_id']; isOneToOne: false; referencedRelation: 'thread'; referencedColumns: ['id', 'user_id'] },
        ];
      };
      quiz_attempt: {
        Row: {
          answers: Json;
          correct: number | null;
          finished_at: string | null;
          id: string;
          quiz_id: string;
          score: number | null;
          started_at: string;
          total: number | null;
          user_id: string;
        };
        Insert: {
          answers?: Json;
          correct?: number | null;
          finished_at?: string | null;
          id?: string;
          quiz_id: string;
          score?: number | null;
          started_at?: string;
          total?: number | null;
          user_id?: string;
        };
        Update: {
          answers?: Json;
          correct?: number | null;
          finished_at?: string | null;
          id?: string;
          quiz_id?: string;
          score?: number | null;
          started_at?: string;
          total?: number | null;
          user_id?: string;
        };
        Relationships: [
          { foreignKeyName: 'quiz_attempt_quiz_id_user_id_fkey'; columns: ['quiz_id', 'user_id']; isOneToOne: false; referencedRelation: 'quiz'; referencedColumns: ['id', 'user_id'] },
        ];
      };
      quota: {
        Row: {
          day: string;
          kind: string;
          used: number;
          user_id: string;
        };
        Insert: {
          day?: string;
          kind: string;
          used?: number;
          user_id?: string;
        };
        Update: {
          day?: string;
          kind?: string;
          used?: number;
          user_id?: string;
        };
        Relationships: [];
      };
      review_log: {
        Row: {
          card_id: string;
          difficulty: number;
          due: string;
          duration_ms: number | null;
          id: string;
          rating: number;
          reviewed_at: string;
          scheduled_days: number;
          stability: number;
          state: number;
          user_id: string;
        };
        Insert: {
          card_id: string;
          difficulty: number;
          due: string;
          duration_ms?: number | null;
          id?: string;
          rating: number;
          reviewed_at?: string;
          scheduled_days: number;
          stability: number;
          state: number;
          user_id?: string;
        };
        Update: {
          card_id?: string;
          difficulty?: number;
          due?: string;
          duration_ms?: number | null;
          id?: string;
          rating?: number;
          reviewed_at?: string;
          scheduled_days?: number;
          stability?: number;
          state?: number;
          user_id?: string;
        };
        Relationships: [
          { foreignKeyName: 'review_log_card_id_user_id_fkey'; columns: ['card_id', 'user_id']; isOneToOne: false; referencedRelation: 'flashcard'; referencedColumns: ['id', 'user_id'] },
        ];
      };
      share_link: {
        Row: {
          created_at: string;
          expires_at: string | null;
          id: string;
          kind: 'thread' | 'quiz' | 'study_plan' | 'deck';
          revoked_at: string | null;
          snapshot: Json;
          subject_id: string | null;
          token_hash: string;
          user_id: string;
        };
        Insert: {
          created_at?: string;
          expires_at?: string | null;
          id?: string;
          kind: 'thread' | 'quiz' | 'study_plan' | 'deck';
          revoked_at?: string | null;
          snapshot: Json;
          subject_id?: string | null;
          token_hash: string;
          user_id?: string;
        };
        Update: {
          created_at?: string;
          expires_at?: string | null;
          id?: string;
          kind?: 'thread' | 'quiz' | 'study_plan' | 'deck';
          revoked_at?: string | null;
          snapshot?: Json;
          subject_id?: string | null;
          token_hash?: string;
          user_id?: string;
        };
        Relationships: [];
      };
      study_plan: {
        Row: {
          created_at: string;
          days_per_week: number;
          deadline: string | null;
          goals: string[];
          id: string;
          time_per_day_min: number;
          title: string;
          updated_at: string;
          user_id: string;
          week_blocks: Json;
        };
        Insert: {
          created_at?: string;
          days_per_week: number;
          deadline?: string | null;
          goals?: string[];
          id?: string;
          time_per_day_min: number;
          title: string;
          updated_at?: string;
          user_id?: string;
          week_blocks?: Json;
        };
        Update: {
          created_at?: string;
          days_per_week?: number;
          deadline?: string | null;
          goals?: string[];
          id?: string;
          time_per_day_min?: number;
          title?: string;
          updated_at?: string;
          user_id?: string;
          week_blocks?: Json;
        };
        Relationships: [];
      };
      thread: {
        Row: {
          created_at: string;
          id: string;
          title: string | null;
          updated_at: string;
          user_id: string;
        };
        Insert: {
          created_at?: string;
          id?: string;
          title?: string | null;
          updated_at?: string;
          user_id?: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          title?: string | null;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [];
      };
    };
    Views: {
      ai_cost_summary: {
        Row: {
          average_latency_ms: number | null;
          calls: number | null;
          cost_usd: number | null;
          day: string | null;
          failures: number | null;
          input_tokens: number | null;
          model: string | null;
          output_tokens: number | null;
          token_count: number | null;
          user_id: string | null;
        };
        Relationships: [];
      };
    };
    Functions: {
      add_document: {
        Args: { p_content_hash: string | null; p_course: string | null; p_extension: string | null; p_file_name: string | null; p_max_unfinished: number | null; p_mime_type: string | null; p_size_bytes: number | null; p_title: string | null };
        Returns: Json;
      };
      begin_ingestion: {
        Args: { p_doc_id: string | null; p_run: number | null };
        Returns: Json;
      };
      begin_regenerate: {
        Args: { p_history_limit?: number | null; p_thread_id: string | null };
        Returns: Json;
      };
      begin_turn: {
        Args: { p_history_limit?: number | null; p_text: string | null; p_thread_id: string | null };
        Returns: Json;
      };
      claim_thread: {
        Args: { p_thread_id: string | null };
        Returns: Database['public']['Tables']['thread']['Row'];
      };
      copy_document: {
        Args: { p_from: string | null; p_to: string | null };
        Returns: Json;
      };
      fail_ingestion: {
        Args: { p_code: string | null; p_doc_id: string | null; p_message: string | null; p_run: number | null };
        Returns: boolean;
      };
      finish_turn: {
        Args: { p_message_id: string | null; p_metadata: Json | null; p_parts: Json | null; p_status: string | null; p_telemetry: Json | null; p_title: string | null };
        Returns: Json;
      };
      orphaned_files: {
        Args: { p_limit?: number | null; p_older_than_hours: number | null };
        Returns: string[];
      };
      publish_document: {
        Args: { p_content_hash: string | null; p_doc_id: string | null; p_run?: number | null };
        Returns: Json;
      };
      reconcile_documents: {
        Args: { p_missing_message: string | null; p_missing_minutes: number | null; p_stalled_minutes: number | null };
        Returns: Array<{ document_id: string; user_id: string; run: number }>;
      };
      request_ingestion: {
        Args: { p_again?: boolean | null; p_doc_id: string | null };
        Returns: Json;
      };
      save_message: {
        Args: { p_message_id: string | null; p_metadata: Json | null; p_parts: Json | null; p_status: string | null };
        Returns: boolean;
      };
      search_chunks: {
        Args: { match_count: number | null; match_threshold: number | null; p_user_id: string | null; query_embedding: string | null };
        Returns: Array<{ doc_id: string; ord: number; content: string; metadata: Json; similarity: number }>;
      };
      search_chunks_hybrid: {
        Args: { dense_weight?: number | null; lexical_weight?: number | null; match_count: number | null; p_doc_ids?: string[] | null; p_embedding_model?: string | null; p_user_id: string | null; query_embedding: string | null; query_terms: number[] | null };
        Returns: Array<{ chunk_id: number; doc_id: string; ord: number; content: string; metadata: Json; similarity: number | null; lexical_score: number | null; score: number; term_idf: number[]; chunk_count: number; title: string; course: string | null; locator: string; page_count: number | null }>;
      };
      turn_context: {
        Args: { p_before_seq: number | null; p_history_limit: number | null; p_thread_id: string | null };
        Returns: Json;
      };
    };
    Enums: { [_ in never]: never };
    CompositeTypes: { [_ in never]: never };
  };
};

type Public = Database['public'];

/** A row of a table as it is read. */
export type Row<Table extends keyof Public['Tables']> = Public['Tables'][Table]['Row'];
/** A row of a table as it is inserted. */
export type Insert<Table extends keyof Public['Tables']> = Public['Tables'][Table]['Insert'];
/** What of a row can be changed. */
export type Update<Table extends keyof Public['Tables']> = Public['Tables'][Table]['Update'];
